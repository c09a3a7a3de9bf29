import { formatInstant, isIsoDate, monthNames, parseInstant, type FormLanguage } from '#engine';
import { parseDate } from './date-text.ts';

/** Times as people type them. What is none stays a text: the form then says so, and nothing typed is lost. */

/** «14:30», «14.30», «1430», «9» → `14:30:00`. */
export function parseTime(text: string): string | null {
  const plain = text.trim();
  if (plain === '') return null;
  const parts = /^(\d{1,2})(?:[:.\- ](\d{2}))?$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain);
  return parts ? `${parts[1]!.padStart(2, '0')}:${parts[2] ?? '00'}:00` : plain;
}

/** «28.11.2026 14:30» by the clock of the zone → `2026-11-28T14:30:00+03:00`. */
export function parseDateTime(text: string, zone: string): string | null {
  const plain = text.replace(/\u00a0/g, ' ').trim();
  if (plain === '') return null;
  const parts = /^(.+?)(?:,\s*|\s+)(\d{1,2}[:.]?\d{2})$/.exec(plain);
  if (!parts) return plain;
  const date = parseDate(parts[1]!);
  const time = parseTime(parts[2]!);
  return date !== null && time !== null ? (momentOf(date, time, zone) ?? plain) : plain;
}

/** A day and a time on the wall of a zone as a moment, or undefined when either does not exist. */
export function momentOf(date: string, time: string, zone: string): string | undefined {
  if (!isIsoDate(date) || !/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/.test(time) || date < '1000') return undefined;
  return formatInstant(parseInstant(`${date}T${time}`, zone), zone);
}

/** «ноябрь 2026», «ноя 2026», «11.2026», «2026-11» → `2026-11`. */
export function parsePeriod(text: string): string | null {
  const plain = text
    .replace(/\u00a0/g, ' ')
    .trim()
    .toLowerCase();
  if (plain === '') return null;
  const iso = /^(\d{4})[-./](\d{1,2})$/.exec(plain);
  if (iso) return `${iso[1]}-${iso[2]!.padStart(2, '0')}`;
  const numbers = /^(\d{1,2})[-./ ](\d{4})$/.exec(plain);
  if (numbers) return `${numbers[2]}-${numbers[1]!.padStart(2, '0')}`;
  const words = /^([a-zа-яё]{3,})\.?\s+(\d{4})(?:\s*г\.?)?$/.exec(plain);
  const month = words ? monthOf(words[1]!) : 0;
  return month > 0 ? `${words![2]}-${String(month).padStart(2, '0')}` : text.trim();
}

/** «марта» and «мар» are March: what is compared is the beginning, without the ending that cases change. */
function monthOf(word: string): number {
  for (const language of ['ru', 'en'] as const satisfies readonly FormLanguage[]) {
    const found = monthNames(language).findIndex((name) => name.toLowerCase().slice(0, 3) === word.slice(0, 3));
    if (found >= 0) return found + 1;
  }
  return word === 'мая' ? 5 : 0;
}

/** The zone of this device: moments are typed and shown by the clock on its wall. */
export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `+03:00` of a zone now, or at a moment. */
export function offsetText(zone: string, at: number): string {
  return `UTC${formatInstant(at, zone).slice(-6)}`;
}
