import { Refused } from '../http/refused.ts';

/** Where a page ended: the sort value of its last row (null sorts last) and its key. */
export type Cursor = readonly [value: number | null, key: number];

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws Refused `invalid-request` for what we did not write */
export function readCursor(text: string): Cursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.length === 2) {
      const [first, key] = value as unknown[];
      if ((first === null || Number.isSafeInteger(first)) && Number.isSafeInteger(key))
        return [first as number | null, key as number];
    }
  } catch {
    // Not ours; told below.
  }
  throw new Refused('invalid-request', {
    ru: 'Параметр cursor не читается. Передайте nextCursor предыдущей страницы без изменений.',
    en: 'The parameter cursor cannot be read. Pass nextCursor of the page before unchanged.',
  });
}
