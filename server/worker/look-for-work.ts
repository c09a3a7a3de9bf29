import { queryRows, type Executor } from '../database/connect.ts';
import type { Rights } from '../nodes/rights.ts';

/** What there is to do: a round claims nothing else. */
export interface WorkFound {
  /** Timers, or start events by timer. */
  readonly timers: boolean;
  readonly outbox: boolean;
  /** Of our own types, those with a job to be had. */
  readonly jobTypes: ReadonlySet<string>;
}

export const NOTHING: WorkFound = { timers: false, outbox: false, jobTypes: new Set() };

/**
 * One read for all kinds of work, outside of any transaction: a claim takes the write lock of SQLite, and three round trips
 * on PostgreSQL, even when there is nothing to claim; with ten kinds of work that was a third of a busy worker's time.
 */
export async function lookForWork(
  executor: Executor,
  { types, rights, now }: { readonly types: readonly string[]; readonly rights: Rights; readonly now: number },
): Promise<WorkFound> {
  const [within, mine] = [rights.within('bucket'), rights.parameters];
  // A branch for each type: joined with a list of types PostgreSQL would rather read all jobs.
  const jobs = types.map(
    () => `SELECT 'job' AS kind, CAST(? AS text) AS type WHERE EXISTS (
       SELECT 1 FROM job WHERE type = ? AND ended_at IS NULL AND retries > 0 AND suspended = FALSE
         AND available_at <= ? AND lease_until IS NULL${within})`,
  );
  const rows = await queryRows<{ kind: string; type: string }>(
    executor,
    [
      `SELECT 'timer' AS kind, '' AS type WHERE EXISTS (SELECT 1 FROM timer WHERE suspended = FALSE AND due_at <= ?${within})`,
      `SELECT 'timer' AS kind, '' AS type WHERE EXISTS (SELECT 1 FROM start_subscription WHERE suspended = FALSE AND due_at <= ?)`,
      `SELECT 'outbox' AS kind, '' AS type WHERE EXISTS (SELECT 1 FROM outbox WHERE available_at <= ?${within})`,
      ...jobs,
    ].join(' UNION ALL '),
    [now, ...mine, now, now, ...mine, ...types.flatMap((type) => [type, type, now, ...mine])],
  );
  const of = (kind: string): readonly string[] => rows.filter((row) => row.kind === kind).map(({ type }) => type);
  return { timers: of('timer').length > 0, outbox: of('outbox').length > 0, jobTypes: new Set(of('job')) };
}
