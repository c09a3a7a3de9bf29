import { Refused } from '../../http/refused.ts';

export type CursorValue = string | number | null;

/** Camunda's schema: base64 with padding, at most 300 characters. */
const MAX_CURSOR = 300;

/**
 * Where a page ends: the order it was made in, and the values of that order in the last row. Undefined for values too long
 * for the API's cursor; the client then pages by `from`.
 */
export function writeCursor(order: string, values: readonly CursorValue[]): string | undefined {
  const text = Buffer.from(JSON.stringify([order, ...values])).toString('base64');
  return text.length > MAX_CURSOR ? undefined : text;
}

/**
 * @param kinds of the values, so that a cursor made by hand never reaches a column of another type
 * @throws Refused `invalid-request` for what we did not write, or wrote for another order
 */
export function readCursor(
  text: string,
  expected: { readonly order: string; readonly kinds: readonly ('number' | 'text')[] },
): readonly CursorValue[] {
  const parts = parse(text);
  if (parts !== null && parts[0] === expected.order && parts.length === expected.kinds.length + 1) {
    const values = parts.slice(1);
    if (values.every((value, at) => fits(value, expected.kinds[at]!))) return values as CursorValue[];
  }
  throw new Refused('invalid-request', {
    ru: 'Курсор страницы не читается или сделан для другого порядка. Передайте endCursor или startCursor прошлого ответа.',
    en: 'The page cursor cannot be read or was made for another sort order. Pass endCursor or startCursor of an answer.',
  });
}

function fits(value: unknown, kind: 'number' | 'text'): boolean {
  if (value === null) return true;
  return kind === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && !value.includes('\u0000');
}

function parse(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
