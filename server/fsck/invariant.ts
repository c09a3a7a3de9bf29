import type { Executor } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';
import type { Dialect } from '../database/dialects/dialect.ts';
import type { FileContent } from '../files/content/create-file-content.ts';
import type { Texts } from '../http/refused.ts';

/** What an invariant may look at. */
export interface FsckSite {
  /** Reads only. */
  readonly executor: Executor;
  /** Epoch milliseconds. */
  readonly now: number;
  /** A server works on this database at this moment: what it does within seconds must not lie about. */
  readonly serverRuns: boolean;
  readonly content: FileContent;
  /** Leaves out what reads every byte: hashes of files, the database's own check of its pages. */
  readonly fast: boolean;
}

/** Something that is always true of a sound installation, whatever has crashed. */
export interface Invariant {
  /** Stable name; scripts may look for it. */
  readonly id: string;
  /** What must hold. */
  readonly rule: Texts;
  readonly remedy: Texts;
  /** One text for each place where it does not hold. The reader stops when it has seen enough. */
  look(site: FsckSite): AsyncIterable<Texts>;
}

type InvariantRow = Readonly<Record<string, string | number | null>>;

/**
 * An invariant that is ONE statement, so that it sees one snapshot and tells the truth beside a working server. The
 * statement selects the rows that break it.
 */
export function rowInvariant(spec: {
  readonly id: string;
  readonly rule: Texts;
  readonly remedy: Texts;
  readonly broken: (dialect: Dialect, site: FsckSite) => string;
  readonly parameters?: (site: FsckSite) => readonly number[];
  readonly tell: (row: InvariantRow) => Texts;
}): Invariant {
  const { id, rule, remedy, broken, parameters = () => [], tell } = spec;
  return {
    id,
    rule,
    remedy,
    async *look(site) {
      const statement = `SELECT * FROM (${broken(site.executor.dialect, site)}) AS broken LIMIT ${MOST_SHOWN + 1}`;
      for (const row of await queryRows<InvariantRow>(site.executor, statement, parameters(site))) yield tell(row);
    },
  };
}

/** More places of one kind say nothing new, and a broken database must not fill the memory. */
export const MOST_SHOWN = 20;
