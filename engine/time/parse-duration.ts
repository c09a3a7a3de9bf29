import { HOUR_MS, MINUTE_MS } from './civil-time.ts';
import { TimeTextError } from './time-text-error.ts';

/** An ISO 8601 duration. Every part is a whole number; all share one sign. A day is a calendar day, not 24 hours. */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly milliseconds: number;
}

const DATE_UNITS = { Y: 'years', M: 'months', W: 'weeks', D: 'days' } as const;
const TIME_UNITS = { H: 'hours', M: 'minutes', S: 'seconds' } as const;
const UNIT_MS = { hours: HOUR_MS, minutes: MINUTE_MS, seconds: 1000 } as const;

/**
 * Reads `P1Y2M3W4DT5H6M7.5S`, with an optional leading `-`. Weeks may stand beside other parts (Java and Camunda read
 * them so). Only the last time part may have a fraction: half a calendar day or month has no one length.
 * @throws TimeTextError
 */
export function parseDuration(text: string): Duration {
  const fail = (position: number, expected: string): never => {
    throw new TimeTextError({ kind: 'duration', text, position, expected });
  };
  const negative = text.startsWith('-');
  const start = negative || text.startsWith('+') ? 1 : 0;
  if (text[start] !== 'P') fail(start, 'the letter P, as in PT10M or P1D,');

  const parts = { years: 0, months: 0, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0, milliseconds: 0 };
  let position = start + 1;
  let units: Readonly<Record<string, keyof typeof parts>> = DATE_UNITS;
  let allowed = 'YMWD';
  let count = 0;
  let fractionSeen = false;

  while (position < text.length) {
    if (text[position] === 'T') {
      if (units === TIME_UNITS) fail(position, 'one T only');
      units = TIME_UNITS;
      allowed = 'HMS';
      position += 1;
      if (position === text.length) fail(position, 'a number and H, M or S after T');
      continue;
    }
    const [whole, digits = '', fraction] = /^(\d+)(?:[.,](\d+))?/.exec(text.slice(position)) ?? [];
    if (whole === undefined) fail(position, 'a whole number without a sign');
    if (digits.length > 9) fail(position, 'a number of at most 9 digits');
    if (fractionSeen) fail(position, 'no part after a fraction; only the last part may have one');
    const at = position + (whole ?? '').length;
    const letter = text[at] ?? '';
    const unit = units[letter];
    if (unit === undefined || !allowed.includes(letter)) {
      const clock = units === DATE_UNITS && 'HS'.includes(letter) && letter !== '';
      fail(
        at,
        clock
          ? 'the letter T before hours, minutes and seconds'
          : `one of the letters ${allowed.split('').join(', ') || 'none'}`,
      );
    } else {
      parts[unit] = Number(digits);
      if (fraction !== undefined) {
        if (!(unit in UNIT_MS))
          fail(position, 'a whole number of days, weeks, months or years; write PT12H for half a day');
        fractionSeen = true;
        addFraction(parts, Math.round(Number(`0.${fraction}`) * UNIT_MS[unit as keyof typeof UNIT_MS]));
      }
      allowed = allowed.slice(allowed.indexOf(letter) + 1);
      count += 1;
    }
    position = at + 1;
  }
  if (count === 0) fail(position, 'at least one part, as in PT10M or P1D');
  return negative ? scaleDuration(parts, -1) : parts;
}

function addFraction(
  parts: { hours: number; minutes: number; seconds: number; milliseconds: number },
  ms: number,
): void {
  parts.hours += Math.floor(ms / HOUR_MS);
  parts.minutes += Math.floor((ms % HOUR_MS) / MINUTE_MS);
  parts.seconds += Math.floor((ms % MINUTE_MS) / 1000);
  parts.milliseconds += ms % 1000;
}

/** Each part times a whole number: the way a cycle counts from its anchor without drifting. */
export function scaleDuration(duration: Duration, times: number): Duration {
  // `+ 0` turns -0 into 0, which deepEqual and JSON would show as a difference.
  return {
    years: duration.years * times + 0,
    months: duration.months * times + 0,
    weeks: duration.weeks * times + 0,
    days: duration.days * times + 0,
    hours: duration.hours * times + 0,
    minutes: duration.minutes * times + 0,
    seconds: duration.seconds * times + 0,
    milliseconds: duration.milliseconds * times + 0,
  };
}
