import { daysInMonth, HOUR_MS, midnightOf, MINUTE_MS } from './civil-time.ts';
import { TimeTextError } from './time-text-error.ts';
import { checkZone, offsetAt, resolveLocal } from './zone-arithmetic.ts';

const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?(?:\[([^\]]+)\]|@(.+))?)?$/;

/**
 * Reads an ISO 8601 date or date-time as epoch milliseconds. Without offset and zone it is read in `zone`; a bare date is
 * the start of that day. A zone may follow as `[Europe/Berlin]` (RFC 9557) or `@Europe/Berlin` (FEEL). Gaps and overlaps
 * as in `zone-arithmetic.ts`.
 * @throws TimeTextError, UnknownZone
 */
export function parseInstant(text: string, zone: string): number {
  const fail = (position: number, expected: string): never => {
    throw new TimeTextError({ kind: 'instant', text, position, expected });
  };
  checkZone(zone);
  const match = SHAPE.exec(text);
  if (match === null) {
    return fail(firstBadCharacter(text), 'a date as in 2026-11-21 or a date-time as in 2026-11-21T09:00:00+03:00');
  }
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', offset, bracketed, atZone] =
    match;
  if (Number(year) < 1000) fail(0, 'a year between 1000 and 9999');
  if (Number(month) < 1 || Number(month) > 12) fail(5, 'a month from 01 to 12');
  const lastDay = daysInMonth(Number(year), Number(month));
  if (Number(day) < 1 || Number(day) > lastDay) fail(8, `a day from 01 to ${lastDay}`);
  if (Number(hour) > 23) fail(11, 'an hour from 00 to 23; write midnight as 00:00 of the next day');
  if (Number(minute) > 59) fail(14, 'minutes from 00 to 59');
  if (Number(second) > 59) fail(17, 'seconds from 00 to 59');

  const localMs =
    midnightOf(Number(year), Number(month), Number(day)) +
    Number(hour) * HOUR_MS +
    Number(minute) * MINUTE_MS +
    Number(second) * 1000 +
    Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
  const named = bracketed ?? atZone;
  if (offset === undefined) return resolveLocal(localMs, named ?? zone);

  const offsetMs = readOffset(offset);
  if (Math.abs(offsetMs) > 18 * HOUR_MS) fail(text.indexOf(offset, 11), 'Z or an offset between -18:00 and +18:00');
  const instantMs = localMs - offsetMs;
  if (named !== undefined && offset !== 'Z' && offsetAt(instantMs, named) !== offsetMs) {
    fail(text.indexOf(offset, 11), `the offset that ${named} has at that moment, or no offset`);
  }
  return instantMs;
}

function readOffset(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * HOUR_MS + Number(offset.slice(3).replace(':', '') || 0) * MINUTE_MS);
}

function firstBadCharacter(text: string): number {
  const model = 'dddd-dd-ddTdd:dd:dd';
  for (let index = 0; index < text.length && index < model.length; index += 1) {
    const wanted = model[index];
    const found = text[index] ?? '';
    if (wanted === 'd' ? !/\d/.test(found) : found !== wanted) return index;
  }
  return Math.min(text.length, model.length);
}
