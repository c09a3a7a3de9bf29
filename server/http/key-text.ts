import type { Key } from '#engine';

/**
 * The key of a checked `KeyText`. A decimal string may be larger than any key we make; such a one becomes 0, which no row
 * has, so that it is "not found" and never a number the database cannot take.
 */
export function keyOf(text: string): Key {
  const key = Number(text);
  return Number.isSafeInteger(key) ? key : 0;
}
