import { elapsedMs } from './add-duration.ts';
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
      /** Epoch milliseconds of the first firing; undefined means one interval after the anchor. */
      readonly startMs: number | undefined;
      readonly interval: Duration;
      readonly zone: string;
    }
  | { readonly kind: 'cron'; readonly cron: Cron; readonly zone: string };

/**
 * Reads `R3/PT10M`, `R/P1M`, `R-1/PT1H`, `R3/2026-11-21T09:00/P1D` (a start without offset is read in `zone`), or cron.
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

  const [intervalText = '', startText] = rest.reverse();
  const intervalAt = text.length - intervalText.length;
  const interval = within(text, intervalAt, () => parseDuration(intervalText));
  const dateParts = interval.years + interval.months + interval.weeks + interval.days;
  if (intervalText.startsWith('-') || dateParts + elapsedMs(interval) <= 0)
    fail(intervalAt, 'a duration longer than zero');
  return {
    kind: 'interval',
    repetitions: count === '' || count === '-1' ? undefined : Number(count),
    startMs: startText === undefined ? undefined : within(text, repeat.length + 1, () => parseInstant(startText, zone)),
    interval,
    zone,
  };
}

function within<T>(text: string, offset: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof TimeTextError ? error.within({ kind: 'cycle', text, offset }) : error;
  }
}
