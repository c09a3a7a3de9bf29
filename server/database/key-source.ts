import { createHash, randomInt } from 'node:crypto';
import { BUCKET_COUNT, keyInBucket, type Key } from '#engine';
import type { Database, Executor } from './connect.ts';
import { queryRows } from './connect.ts';
import { lookUpTogether } from './look-up-together.ts';
import { CommitInDoubt, inTransaction } from './transaction.ts';

const BLOCK_SIZE = 1_000;
/** Below this many free keys a command first takes a new block, so that it seldom runs dry inside a transaction. */
const LOW_WATER = 200;
const RESERVE_ATTEMPTS = 3;

/** Both ends included. */
export interface KeyRange {
  readonly firstKey: Key;
  readonly lastKey: Key;
}

/** Gives out keys from blocks that this node has reserved: one update per 1,000 keys, no key twice, gaps allowed. */
export interface KeySource {
  /** A range of at least `atLeast` keys for the caller alone. Not inside a transaction: it opens one of its own. */
  reserve(bucket: number, atLeast: number): Promise<KeyRange>;
  /** The same inside a transaction; when that rolls back, the keys are void. */
  reserveWithin(tx: Executor, bucket: number, atLeast: number): Promise<KeyRange>;
  /** One key. Not inside a transaction. */
  next(bucket: number): Promise<Key>;
  /** Makes sure that `free` has a block in hand. Not inside a transaction. */
  prepare(bucket: number): Promise<void>;
  /** The free rest of the block in hand, or null. Take from its start without awaiting anything, then call `taken`. */
  free(bucket: number): KeyRange | null;
  /** Keys below `nextKey` are gone. */
  taken(bucket: number, nextKey: Key): void;
  /**
   * The bucket for a new instance tree, one that this node acts for where there are several nodes. A node stays in one bucket for a block of keys and then moves on: trees spread
   * over the buckets, yet those made together share pages (a tree per bucket would touch 256 pages of each table).
   */
  pickBucket(): number;
}

/** The bucket (0–255) of a text such as a message id, idempotency key or business key: the same on every node, for ever. */
export function bucketForText(text: string): number {
  return createHash('sha256').update(text).digest()[0]!;
}

/** @param own buckets that this node acts for; null: all */
export function createKeySource(database: Database, own: () => readonly number[] | null = () => null): KeySource {
  const blocks = new Map<number, { next: Key; last: Key }>();
  const reservations = new Map<number, Promise<void>>();
  let current = randomInt(BUCKET_COUNT);

  const reserveBlock = async (bucket: number, size: number): Promise<KeyRange> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await inTransaction(database, (tx) => takeFromTable(tx, bucket, size));
      } catch (error) {
        // Whether the block was taken or not does not matter: gaps are allowed, so another one does as well.
        if (!(error instanceof CommitInDoubt) || attempt === RESERVE_ATTEMPTS) throw error;
      }
    }
  };

  const left = (bucket: number): number => {
    const block = blocks.get(bucket);
    return block === undefined ? 0 : block.last - block.next + 1;
  };

  // A thousand timers of as many trees would else be 256 commits; on PostgreSQL a transaction keeps to one bucket.
  const reserveTogether = lookUpTogether((buckets: readonly number[]) =>
    inTransaction(database, async (tx) => {
      const ranges = new Map<number, KeyRange>();
      for (const bucket of buckets) ranges.set(bucket, await takeFromTable(tx, bucket, BLOCK_SIZE));
      return ranges;
    }),
  );

  const refill = async (bucket: number): Promise<void> => {
    const range = database.dialect.writesOneByOne ? await reserveTogether(bucket) : undefined;
    const { firstKey, lastKey } = range ?? (await reserveBlock(bucket, BLOCK_SIZE));
    blocks.set(bucket, { next: firstKey, last: lastKey });
  };

  const prepare = async (bucket: number, wanted: number): Promise<void> => {
    while (left(bucket) < wanted) {
      const running = reservations.get(bucket) ?? refill(bucket).finally(() => reservations.delete(bucket));
      reservations.set(bucket, running);
      await running;
    }
  };

  return {
    prepare: (bucket) => prepare(bucket, LOW_WATER),
    reserve: (bucket, atLeast) => reserveBlock(bucket, atLeast),
    reserveWithin: (tx, bucket, atLeast) => takeFromTable(tx, bucket, atLeast),
    async next(bucket) {
      // Others woken by the same block may have emptied it again, so look after every wait.
      while (left(bucket) === 0) await prepare(bucket, 1);
      const block = blocks.get(bucket)!;
      block.next += 1;
      return block.next - 1;
    },
    free(bucket) {
      const block = blocks.get(bucket);
      return block === undefined || block.next > block.last ? null : { firstKey: block.next, lastKey: block.last };
    },
    taken(bucket, nextKey) {
      const block = blocks.get(bucket);
      if (block !== undefined && nextKey > block.next) block.next = nextKey;
    },
    pickBucket() {
      const ours = own();
      // An untouched bucket has no block yet: stay, the next command takes one.
      const isUsedUp = blocks.has(current) && left(current) < LOW_WATER;
      if (ours === null || ours.length === 0) {
        if (isUsedUp) current = (current + 1) % BUCKET_COUNT;
      } else if (isUsedUp || !ours.includes(current)) {
        current = ours.find((bucket) => bucket > current) ?? ours[0]!;
      }
      return current;
    },
  };
}

async function takeFromTable(tx: Executor, bucket: number, size: number): Promise<KeyRange> {
  const [row] = await queryRows<{ next_sequence: number }>(
    tx,
    `INSERT INTO key_block (bucket, next_sequence) VALUES (?, ?)
     ON CONFLICT (bucket) DO UPDATE SET next_sequence = key_block.next_sequence + ?
     RETURNING next_sequence`,
    [bucket, size + 1, size],
  );
  const end = row!.next_sequence;
  return { firstKey: keyInBucket(bucket, end - size), lastKey: keyInBucket(bucket, end - 1) };
}
