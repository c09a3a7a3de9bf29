import type { Key } from '#engine';
import type { Transaction } from '../database/transaction.ts';

/** Reads rows by key, by one statement however many; known by its identity, so that a batch reads each kind once. */
export type ReadRows = (tx: Transaction, keys: readonly Key[]) => Promise<ReadonlyMap<Key, unknown>>;

/** A row that a command looks at before it is built. */
export interface RowWanted {
  readonly rows: ReadRows;
  readonly key: Key;
}

/** Writes by key, by one statement however many; known by its identity, as `ReadRows`. */
export type WriteByKey = (tx: Transaction, keys: readonly Key[]) => Promise<void>;

/** Something that must be stored with a command. */
export interface KeyWritten {
  readonly write: WriteByKey;
  readonly key: Key;
}

/** Each kind of write once, whatever the number of commands. */
export async function writeForAll(tx: Transaction, all: readonly KeyWritten[]): Promise<void> {
  const keys = new Map<WriteByKey, Set<Key>>();
  for (const { write, key } of all) keys.set(write, (keys.get(write) ?? new Set()).add(key));
  for (const [write, of] of keys) await write(tx, [...of]);
}

/** The rows that the commands of a batch want. */
export interface BatchReads {
  /** @param anew the tree of the row has moved since the batch began */
  read(wanted: RowWanted, anew: boolean): Promise<unknown>;
}

export const NO_READS: BatchReads = { read: () => Promise.resolve(undefined) };

export async function readForAll(tx: Transaction, all: readonly RowWanted[]): Promise<BatchReads> {
  const keys = new Map<ReadRows, Set<Key>>();
  for (const { rows, key } of all) {
    const group = keys.get(rows) ?? new Set();
    keys.set(rows, group.add(key));
  }
  const found = new Map<ReadRows, ReadonlyMap<Key, unknown>>();
  for (const [rows, wanted] of keys) found.set(rows, await rows(tx, [...wanted]));
  return {
    async read({ rows, key }, anew) {
      const known = anew ? await rows(tx, [key]) : found.get(rows);
      return known?.get(key);
    },
  };
}
