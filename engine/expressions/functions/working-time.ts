import {
  nthWorkingDayOf,
  workingDurationBetween as minutesBetween,
  workingTimeAfter as instantAfter,
} from '../../time/working-time-functions.ts';
import { toDouble } from '../values/decimal.ts';
import { dateTimeOfInstant, FeelDateTime, instantOf, TemporalValue } from '../values/temporal.ts';
import { parseDate, readDateTime } from '../values/temporal-text.ts';
import { FeelRefusal, type OwnFunction } from '../own-function.ts';
import { isNull, shown, textOf, wholeNumber } from './read-arguments.ts';

/**
 * Working-time arithmetic of `domain.md` §4. Calendars come from the scope; an unknown one, or a year without a calendar,
 * fails the evaluation (TimeError) and never falls back to Monday–Friday. Null arguments give null, as in FEEL.
 */

/**
 * `working time after(start, duration, calendar)`: the date-time when so much working time has passed, for a `timeDate`.
 * `start` is a date-time or its ISO text; `duration` is text: "PT4H", "4WH", "P3D" (working days).
 */
export const workingTimeAfter: OwnFunction = {
  name: 'working time after',
  signature: 'start: date and time, duration: string, calendar: string -> date and time',
  call: ([start, duration, calendar], { zone, calendars }) => {
    if (isNull(start) || isNull(duration) || isNull(calendar)) return null;
    const { dueAt } = instantAfter(millisecondsOf(start, zone), workingText(duration), textOf(calendar), calendars);
    return dateTimeOfInstant(dueAt / 1000, zone);
  },
};

/**
 * `working duration between(from, to, calendar)`: working minutes as a number, negative when `to` is earlier. A FEEL
 * duration was rejected: it balances 26 working hours into "P1DT2H", and a working day has no 24 hours.
 */
export const workingDurationBetween: OwnFunction = {
  name: 'working duration between',
  signature: 'from: date and time, to: date and time, calendar: string -> number',
  call: ([from, to, calendar], { zone, calendars }) => {
    if (isNull(from) || isNull(to) || isNull(calendar)) return null;
    return minutesBetween(millisecondsOf(from, zone), millisecondsOf(to, zone), textOf(calendar), calendars);
  },
};

/** `nth working day(year, month, n, calendar)`: a date; `n` -1 is the last working day of the month. */
export const nthWorkingDay: OwnFunction = {
  name: 'nth working day',
  signature: 'year: number, month: number, n: number, calendar: string -> date',
  call: ([year, month, n, calendar], { calendars }) => {
    if (isNull(year) || isNull(month) || isNull(n) || isNull(calendar)) return null;
    const at = { year: wholeNumber(year), month: wholeNumber(month), n: wholeNumber(n) };
    return parseDate(nthWorkingDayOf(at, textOf(calendar), calendars).date);
  },
};

/** A date-time or its ISO text; one without a zone is read in `zone`. */
function millisecondsOf(value: unknown, zone: string): number {
  const moment = typeof value === 'string' && value.includes('T') ? readDateTime(value) : value;
  if (!(moment instanceof FeelDateTime)) {
    throw new FeelRefusal(`Expected a date and time such as "2026-11-20T10:00:00+03:00", got ${shown(value)}.`);
  }
  const zoned = moment.zone === null ? new FeelDateTime(moment.days, moment.nanos, zone) : moment;
  return Math.floor(toDouble(instantOf(zoned)) * 1000);
}

function workingText(value: unknown): string {
  if (typeof value === 'string') return value;
  const text = shown(value);
  if (value instanceof TemporalValue && /^PT/.test(text)) return text;
  // duration("PT26H") arrives as P1DT2H and duration("P1D") as P1D: one would be 26 hours, the other a working day.
  throw new FeelRefusal(`Expected the working time as text such as "PT26H" or "P3D", got ${text}.`);
}
