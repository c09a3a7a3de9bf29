import { Refused } from '../http/refused.ts';
import type { RowCursor } from './row-page.ts';

export function writeRowCursor(cursor: RowCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws Refused `invalid-request` for what we did not write */
export function readRowCursor(text: string): RowCursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string'))
      return [value[0] as string, value[1] as string];
  } catch {
    // Not ours; told below.
  }
  throw new Refused('invalid-request', {
    ru: 'Параметр cursor не читается. Передайте nextCursor предыдущей страницы без изменений.',
    en: 'The parameter cursor cannot be read. Pass nextCursor of the page before unchanged.',
  });
}
