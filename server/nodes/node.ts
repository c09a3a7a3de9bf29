import { setTimeout as sleep } from 'node:timers/promises';
import { BUCKET_COUNT } from '#engine';
import { readerOf, type Database, type Line } from '../database/connect.ts';
import { bucketForText } from '../database/key-source.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import { createHintSender, NO_HINT, readHint, type Hint, type ReceivedHint } from './hints.ts';
import { createLeaseKeeper } from './lease-keeper.ts';
import * as store from './node-store.ts';
import { ALL_RIGHTS, type Rights } from './rights.ts';

/** A server among those that share a database. Any of them takes requests; what it does by itself it does for its buckets. */
export interface Node {
  /** As the others know it; a node that lost its lease goes on under another. */
  name(): string;
  rights(): Rights;
  /** Buckets that it acts for; null: for all, alone. */
  buckets(): readonly number[] | null;
  /** True when the work of this name, of which there is one in the whole installation, is this node's. */
  isIts(singleton: string): boolean;
  /** Tells the other nodes, if there are any. */
  tell(hint: Hint): void;
  onHint(listener: (hint: ReceivedHint) => void): void;
  /** This node has read the catalog of this revision. */
  hasRead(revision: number): Promise<void>;
  /**
   * This node has read a catalog that it made: tells the others and waits until they have too, so that on every node the next
   * request finds what is deployed or suspended; a node that hangs is not waited for.
   */
  spread(revision: number): Promise<void>;
  /** Nodes that live, and buckets: held, and lost since the start. */
  counts(): { readonly living: number; readonly held: number; readonly lost: number };
  /** Renews the lease and shares the buckets now; it happens by itself every few seconds. */
  beat(): Promise<void>;
  /** Gives its buckets back. */
  close(): Promise<void>;
}

const DEFAULT_LEASE_MS = 10_000;
/** A node that has not read the catalog by then is busy or dead; it looks every few seconds by itself. */
const PATIENCE_MS = 3_000;
const LOOK_MS = 20;
const CATALOG_LOOK_MS = 1_000;
const ALL_BUCKETS: readonly number[] = Array.from({ length: BUCKET_COUNT }, (_, bucket) => bucket);

/** SQLite: nobody else, nothing to agree on and no cost. */
export const SOLE_NODE: Node = {
  name: () => 'sole',
  rights: () => ALL_RIGHTS,
  buckets: () => null,
  isIts: () => true,
  tell: () => undefined,
  onHint: () => undefined,
  hasRead: () => Promise.resolve(),
  spread: () => Promise.resolve(),
  counts: () => ({ living: 1, held: BUCKET_COUNT, lost: 0 }),
  beat: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export interface NodeDeps {
  readonly database: Database;
  /** A node that fell silent loses its buckets after this. */
  readonly leaseMs?: number | undefined;
  readonly onError: (error: unknown, place: string) => void;
  /** In the transaction that takes buckets over from others. */
  readonly onTake?: ((tx: Transaction, buckets: readonly number[]) => Promise<void>) | undefined;
}

/** Makes this process known to the others; it holds its share of the buckets, or waits for them, when this resolves. */
export async function joinNodes({
  database,
  leaseMs = DEFAULT_LEASE_MS,
  onError,
  onTake = () => Promise.resolve(),
}: NodeDeps): Promise<Node> {
  if (!database.dialect.severalNodes) {
    // What was claimed before this start, a process claimed that is no more: only one at a time opens the file.
    await inTransaction(database, (tx) => onTake(tx, ALL_BUCKETS));
    return SOLE_NODE;
  }
  const listeners: ((hint: ReceivedHint) => void)[] = [];
  let revision = 0;
  const tell = (hint: Hint): void => {
    if (keeper.living() > 1 || hint.leases) sender?.send(hint);
  };
  const keeper = createLeaseKeeper({
    database,
    leaseMs,
    onError,
    onTake,
    onRelease: () => tell({ ...NO_HINT, leases: true }),
    revision: () => revision,
  });
  const line: Line | undefined = database.openLine?.((text) => {
    const hint = readHint(text, keeper.nodeId());
    if (hint === null) return;
    if (hint.leases) void keeper.beat();
    for (const listener of listeners) listener(hint);
  });
  const sender = line && createHintSender(line, keeper.nodeId);
  // Without a line a node looks for a new catalog by itself, well within the patience of who deploys.
  const look = (): void => listeners.forEach((listener) => listener({ ...NO_HINT, all: false, deployed: true }));
  const looking = line === undefined ? setInterval(look, CATALOG_LOOK_MS).unref() : undefined;
  const hasRead = async (read: number): Promise<void> => {
    if (read <= revision) return;
    revision = read;
    await inTransaction(database, (tx) => store.noteRevision(tx, keeper.nodeId(), read));
  };
  await keeper.beat();

  return {
    name: keeper.nodeId,
    beat: keeper.beat,
    rights: keeper.rights,
    buckets: () => keeper.rights().buckets,
    isIts: (singleton) => keeper.rights().holds(bucketForText(singleton)),
    tell,
    onHint: (listener) => void listeners.push(listener),
    hasRead,
    async spread(wanted) {
      await hasRead(wanted);
      tell({ ...NO_HINT, deployed: true });
      if (keeper.living() < 2) return;
      const now = await store.readDatabaseTime(readerOf(database), database.dialect.clock!);
      for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(LOOK_MS)) {
        if (await store.allHaveRevision(readerOf(database), wanted, now)) return;
      }
    },
    counts: () => ({ living: keeper.living(), held: keeper.rights().buckets?.length ?? 0, lost: keeper.losses() }),
    async close() {
      clearInterval(looking);
      await keeper.stop();
      sender?.stop();
      await line?.close();
    },
  };
}
