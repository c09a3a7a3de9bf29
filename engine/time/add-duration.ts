import { addMonths, DAY_MS, HOUR_MS, inRange, MINUTE_MS } from './civil-time.ts';
import type { Duration } from './parse-duration.ts';
import { checkZone, resolveLocal, toLocal } from './zone-arithmetic.ts';

/**
 * Adds a duration to an instant, in a zone. Years to days move the wall clock (P1D keeps the hour across daylight saving,
 * P1M clamps 31 January to 28 February), hours to milliseconds are elapsed time (PT24H is always 24 hours).
 * Date parts go first, as in ISO 8601 and RFC 5545.
 * @returns epoch milliseconds
 * @throws TimeOutOfRange, UnknownZone
 */
export function addDuration(instantMs: number, duration: Duration, zone: string): number {
  checkZone(zone);
  const months = duration.years * 12 + duration.months;
  const days = duration.weeks * 7 + duration.days;
  // Without date parts the wall clock must not be consulted: in an overlap it would move the second reading to the first.
  const moved =
    months === 0 && days === 0
      ? instantMs
      : resolveLocal(addMonths(toLocal(instantMs, zone), months) + days * DAY_MS, zone);
  return inRange(moved + elapsedMs(duration));
}

/** The part of a duration that has one length everywhere, in milliseconds. */
export function elapsedMs(duration: Duration): number {
  return duration.hours * HOUR_MS + duration.minutes * MINUTE_MS + duration.seconds * 1000 + duration.milliseconds;
}

/** How long a duration lasts on average; the Gregorian year has 365.2425 days. */
export function meanLengthMs(interval: Duration): number {
  const months = interval.years * 12 + interval.months;
  const days = (months * 365.2425) / 12 + interval.weeks * 7 + interval.days;
  return days * DAY_MS + elapsedMs(interval);
}
