/**
 * Dates and wall-clock times without a zone. A wall-clock reading is one number, "local milliseconds": the epoch
 * milliseconds it would have in UTC. Arithmetic on it is plain, and `zone-arithmetic.ts` is the only bridge to instants.
 * `Date` appears here only as a Gregorian calendar (UTC getters); it never reads the clock.
 */
import { TimeOutOfRange } from './time-out-of-range.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export interface CivilTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** A date as the law and a form write it, `YYYY-MM-DD`. */
export type IsoDate = string;

// Years below 100 are rewritten by Date.UTC, and five-digit years have another ISO spelling.
const EARLIEST_MS = Date.UTC(1000, 0, 1);
const LATEST_MS = Date.UTC(9999, 11, 31);

export function inRange(milliseconds: number): number {
  if (!(milliseconds >= EARLIEST_MS && milliseconds <= LATEST_MS)) {
    throw new TimeOutOfRange('a result between the years 1000 and 9999; shorten the duration or correct the date');
  }
  return milliseconds;
}

export function civilOf(localMs: number): CivilTime {
  const date = new Date(localMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** Local milliseconds of midnight; `day` may run past the month's end, as in `Date.UTC`. */
export function midnightOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day);
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** ISO 8601 weekday of local milliseconds: Monday is 1, Sunday is 7. */
export function weekdayOf(localMs: number): number {
  return new Date(localMs).getUTCDay() || 7;
}

/** Moves by calendar months, keeping the day or clamping it to the month's last one (31 January + 1 month = 28 February). */
export function addMonths(localMs: number, months: number): number {
  const { year, month, day } = civilOf(localMs);
  const first = inRange(Date.UTC(year, month - 1 + months, 1));
  const target = civilOf(first);
  return first + (Math.min(day, daysInMonth(target.year, target.month)) - 1) * DAY_MS + timeOfDay(localMs);
}

export function timeOfDay(localMs: number): number {
  return ((localMs % DAY_MS) + DAY_MS) % DAY_MS;
}

export function isoDateOf(localMs: number): IsoDate {
  return new Date(localMs).toISOString().slice(0, 10);
}
