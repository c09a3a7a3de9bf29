import { queryRows, type Database, type Executor } from '../database/connect.ts';
import type { Dialect } from '../database/dialects/dialect.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';

/**
 * What a node may do by itself for a bucket, as long as the bucket has not changed hands: the epoch rises when it does, and
 * every transaction that is made by this right looks at it.
 */
export interface Right {
  readonly bucket: number;
  readonly epoch: number;
}

/** Another node has the bucket by now, and with it the work. */
export class RightLost extends Error {
  override readonly name = 'RightLost';
  constructor({ bucket, epoch }: Right) {
    super(`Expected this node to act for bucket ${bucket} (epoch ${epoch}), but the bucket has changed hands.`);
  }
}

/**
 * The rights of a node at one moment. Taken BEFORE the rows are read on which it is going to act: of a bucket that was lost
 * and won again, what was read under the old right may be out of date.
 */
export interface Rights {
  /** Null: all. Empty: there is nothing that this node may do by itself. */
  readonly buckets: readonly number[] | null;
  holds(bucket: number): boolean;
  /** Null where nobody else could act (SQLite): then there is nothing to check. */
  of(bucket: number): Right | null;
  /** Those that rows were taken by. */
  over(rows: readonly { readonly bucket: number }[]): readonly Right[];
  /** Continues a WHERE: rows of these buckets only. Empty when they are all. */
  within(column: string): string;
  /** What `within` needs. */
  readonly parameters: readonly string[];
}

/** The only node. */
export const ALL_RIGHTS: Rights = {
  buckets: null,
  holds: () => true,
  of: () => null,
  over: () => [],
  within: () => '',
  parameters: [],
};

/** @param epochs of the buckets held @param all how many buckets there are */
export function createRights(dialect: Dialect, epochs: ReadonlyMap<number, number>, all: number): Rights {
  const everything = epochs.size === all;
  const of = (bucket: number): Right => {
    const epoch = epochs.get(bucket);
    // A caller that forgot `within`.
    if (epoch === undefined) throw new Error(`Expected to hold bucket ${bucket}, whose rows were read.`);
    return { bucket, epoch };
  };
  return {
    buckets: [...epochs.keys()],
    holds: (bucket) => epochs.has(bucket),
    of,
    over: (rows) => [...new Set(rows.map(({ bucket }) => bucket))].map(of),
    within: (column) => (everything ? '' : ` AND ${dialect.isAmong(column, 'key')}`),
    parameters: everything ? [] : [JSON.stringify([...epochs.keys()])],
  };
}

/**
 * Those of the rights that are over. The others hold until this transaction ends: the lease rows stay locked, so a bucket
 * changes hands before it or after it.
 */
export async function findLost(tx: Executor, rights: readonly Right[]): Promise<ReadonlySet<Right>> {
  if (rights.length === 0) return new Set();
  const rows = await queryRows<{ bucket: number; epoch: number }>(
    tx,
    `SELECT bucket, epoch FROM bucket_lease WHERE ${tx.dialect.isAmong('bucket', 'key')} ORDER BY bucket${tx.dialect.forShare}`,
    [JSON.stringify([...new Set(rights.map(({ bucket }) => bucket))])],
  );
  const epochs = new Map(rows.map(({ bucket, epoch }) => [bucket, epoch]));
  return new Set(rights.filter(({ bucket, epoch }) => epochs.get(bucket) !== epoch));
}

/** @throws RightLost */
export async function requireRights(tx: Executor, rights: readonly (Right | null)[]): Promise<void> {
  const [lost] = await findLost(
    tx,
    rights.filter((right) => right !== null),
  );
  if (lost !== undefined) throw new RightLost(lost);
}

/** `inTransaction` by a right: when that is over, nothing is stored. @throws RightLost */
export function inTransactionBy<T>(
  database: Database,
  right: Right | null,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return inTransaction(database, async (tx) => {
    await requireRights(tx, [right]);
    return work(tx);
  });
}
