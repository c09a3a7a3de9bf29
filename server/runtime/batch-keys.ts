import type { Key } from '#engine';
import type { Executor } from '../database/connect.ts';
import type { KeyRange, KeySource } from '../database/key-source.ts';

/** Keys for the commands of one transaction: from the block in hand and, when that runs dry, from blocks reserved within it. */
export interface BatchKeys {
  /** Free keys; the caller advances without awaiting anything and then calls `taken`. */
  free(bucket: number): KeyRange | Promise<KeyRange>;
  /** At least so many free keys. */
  more(bucket: number, atLeast: number): Promise<KeyRange>;
  /** Keys below `nextKey` are gone. */
  taken(bucket: number, nextKey: Key): void;
}

const BLOCK_SIZE = 1_000;

export function createBatchKeys(tx: Executor, keys: KeySource): BatchKeys {
  const own = new Map<number, KeyRange>();
  const more = async (bucket: number, atLeast: number): Promise<KeyRange> => {
    const range = await keys.reserveWithin(tx, bucket, Math.max(BLOCK_SIZE, atLeast));
    own.set(bucket, range);
    return range;
  };
  return {
    more,
    free: (bucket) => own.get(bucket) ?? keys.free(bucket) ?? more(bucket, BLOCK_SIZE),
    taken(bucket, nextKey) {
      const range = own.get(bucket);
      if (range === undefined) keys.taken(bucket, nextKey);
      else if (nextKey > range.lastKey) own.delete(bucket);
      else own.set(bucket, { ...range, firstKey: nextKey });
    },
  };
}
