import type { JsonValue } from '../json.ts';

/** PostgreSQL refuses index entries above 2,704 bytes. */
const MAX_LENGTH = 120;

/**
 * A value as the text that both databases compare byte by byte: one order, one kind of index expression and one kind of
 * cursor for every kind of field, and large letters beside small ones. Empty comes first.
 */
export function sortText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return [...foldText(value)].slice(0, MAX_LENGTH).join('');
  if (typeof value === 'number') return orderedNumber(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  return [...foldText(Array.isArray(value) ? value.join(' ') : JSON.stringify(value))].slice(0, MAX_LENGTH).join('');
}

/** Large and small letters are one, and so are е and ё: people type the one and mean the other. */
export function foldText(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е');
}

/** The bits of a double, turned so that their order as text is the order of the numbers. */
function orderedNumber(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  const ordered = value < 0 ? ~bits & 0xffff_ffff_ffff_ffffn : bits | 0x8000_0000_0000_0000n;
  return ordered.toString(16).padStart(16, '0');
}
