/**
 * A key: a positive safe integer (< 2^53), unique in the whole installation and a decimal string on the wire.
 * The top 8 bits name the bucket, so every row of an instance tree can be found (and sharded) from any of its keys.
 */
export type Key = number;

export const BUCKET_COUNT = 256;
const KEYS_PER_BUCKET = 2 ** 45;

/** The bucket (0–255) that a key belongs to. */
export function bucketOf(key: Key): number {
  return Math.floor(key / KEYS_PER_BUCKET);
}

/** The n-th key of a bucket; `sequence` counts from 1. */
export function keyInBucket(bucket: number, sequence: number): Key {
  return bucket * KEYS_PER_BUCKET + sequence;
}
