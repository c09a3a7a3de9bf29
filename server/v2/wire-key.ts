import type { Key } from '#engine';
import type { Texts } from '../http/refused.ts';
import { notFound } from '../http/refused.ts';

/**
 * A key as it is looked up: keys are positive and below 2^53 here, while the API allows 25 digits and a sign. What is
 * outside belongs to nothing and becomes -1.
 */
export function storedKey(text: string): Key {
  const key = Number(text);
  return Number.isSafeInteger(key) && key > 0 ? key : -1;
}

/** The key of a path. @throws Refused `not-found` for one that belongs to nothing */
export function pathKey(text: string, what: Texts): Key {
  const key = storedKey(text);
  if (key < 0) throw notFound(what);
  return key;
}

export function wireKey(key: Key): string;
export function wireKey(key: Key | null): string | undefined;
export function wireKey(key: Key | null): string | undefined {
  return key === null ? undefined : String(key);
}

/** Epoch milliseconds → the API's date; undefined leaves the field out, as its schema wants it. */
export function wireDate(at: number): string;
export function wireDate(at: number | null): string | undefined;
export function wireDate(at: number | null): string | undefined {
  return at === null ? undefined : new Date(at).toISOString();
}
