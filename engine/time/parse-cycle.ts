import { meanLengthMs } from './add-duration.ts';
import { midnightOf } from './civil-time.ts';
import { nextLocalMatch } from './next-cron.ts';
import { type Cron, parseCron } from './parse-cron.ts';
import { type Duration, parseDuration } from './parse-duration.ts';
import { parseInstant } from './parse-instant.ts';
import { TimeTextError } from './time-text-error.ts';
import { checkZone } from './zone-arithmetic.ts';

/** A `timeCycle`: an ISO 8601 repeating interval or a cron expression, with the zone it is counted in. */
export type Cycle =
  | {
      readonly kind: 'interval';
      /** How often it fires; undefined is without end. */
      readonly repetitions: number | undefined;
      /** The firing whose moment is written down (epoch milliseconds); undefined means the first comes one interval after the anchor. */
      readonly fixed: { readonly n: number; readonly dueAt: number } | undefined;
      readonly interval: Duration;
      readonly zone: string;
    }
  | { readonly kind: 'cron'; readonly cron: Cron; readonly zone: string };

/**
 * Reads the repeating intervals of ISO 8601, or cron: `R3/PT10M`, `R/P1M`, `R-1/PT1H`, `R3/2026-11-21T09:00/P1D` (a start and a
 * duration), `R3/PT1H/2026-11-21T18:00` (a duration and the end, when it fires last), `R3/2026-11-21T09:00/2026-11-21T10:00` (start and
 * end of the first interval). An instant without offset is read in `zone`.
 * @throws TimeTextError, UnknownZone
 */
export function parseCycle(text: string, zone: string): Cycle {
  checkZone(zone);
  return /^@|\s/.test(text) ? parseCronCycle(text, zone) : parseIntervalCycle(text, zone);
}

function parseCronCycle(text: string, zone: string): Cycle {
  const cron = parseCron(text);
  // Any start will do: the horizon is longer than the Gregorian calendar takes to show every combination.
  if (nextLocalMatch(cron, midnightOf(2000, 1, 1)) === undefined) {
    throw new TimeTextError({ kind: 'cron', text, position: 0, expected: 'a day that exists; this one never comes' });
  }
  return { kind: 'cron', cron, zone };
}

function parseIntervalCycle(text: string, zone: string): Cycle {
  const fail = (position: number, expected: string): never => {
    throw new TimeTextError({ kind: 'cycle', text, position, expected });
  };
  const [repeat = '', ...rest] = text.split('/');
  const [, count] = /^R(-1|\d{0,9})$/.exec(repeat) ?? [];
  if (count === undefined) fail(0, 'R, R3 (three times) or R-1 (without end) and a slash, as in R3/PT10M,');
  if (count !== undefined && /^0+$/.test(count)) fail(1, 'at least one repetition; R0 would never fire');
  if (rest.length !== 1 && rest.length !== 2)
    fail(text.length, 'a duration, or a start and a duration, as in R3/PT10M,');

  const repetitions = count === '' || count === '-1' ? undefined : Number(count);
  const [first = '', second] = rest;
  const firstAt = repeat.length + 1;
  const secondAt = firstAt + first.length + 1;
  const instant = (at: number, written: string): number => within(text, at, () => parseInstant(written, zone));
  const duration = (at: number, written: string): Duration => {
    const interval = within(text, at, () => parseDuration(written));
    if (written.startsWith('-') || meanLengthMs(interval) <= 0) fail(at, 'a duration longer than zero');
    return interval;
  };

  if (second === undefined)
    return { kind: 'interval', repetitions, fixed: undefined, interval: duration(firstAt, first), zone };
  if (isDuration(first) && !isDuration(second)) {
    const interval = duration(firstAt, first);
    const dueAt = instant(secondAt, second);
    // Without a number the intervals reach back without end: to before any clock that runs.
    const n = repetitions ?? Math.ceil(Math.max(dueAt, 0) / meanLengthMs(interval)) + 1;
    return { kind: 'interval', repetitions: n, fixed: { n, dueAt }, interval, zone };
  }
  const fixed = { n: 1, dueAt: instant(firstAt, first) };
  if (isDuration(second)) return { kind: 'interval', repetitions, fixed, interval: duration(secondAt, second), zone };
  const milliseconds = instant(secondAt, second) - fixed.dueAt;
  if (milliseconds <= 0) fail(secondAt, 'an end after the start');
  return { kind: 'interval', repetitions, fixed, interval: { ...NO_TIME, milliseconds }, zone };
}

const NO_TIME = { years: 0, months: 0, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0 };

function isDuration(written: string): boolean {
  return /^[+-]?P/.test(written);
}

function within<T>(text: string, offset: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof TimeTextError ? error.within({ kind: 'cycle', text, offset }) : error;
  }
}
