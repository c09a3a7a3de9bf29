import {
  nthWorkingDayOf,
  workingDurationBetween as minutesBetween,
  workingTimeAfter as instantAfter,
} from '../../time/working-time-functions.ts';
import { dateOf, dateTimeAt, durationTextOf, epochMsOf } from '../feelin.ts';
import { FeelRefusal, type OwnFunction } from '../own-function.ts';

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
  parameters: ['start', 'duration', 'calendar'],
  call: ([start, duration, calendar], { zone, calendars }) => {
    if (isNull(start) || isNull(duration) || isNull(calendar)) return null;
    const { dueAt } = instantAfter(instantOf(start, zone), workingText(duration), textOf(calendar), calendars);
    return dateTimeAt(dueAt, zone);
  },
};

/**
 * `working duration between(from, to, calendar)`: working minutes as a number, negative when `to` is earlier. A FEEL
 * duration was rejected: it balances 26 working hours into "P1DT2H", and a working day has no 24 hours.
 */
export const workingDurationBetween: OwnFunction = {
  name: 'working duration between',
  parameters: ['from', 'to', 'calendar'],
  call: ([from, to, calendar], { zone, calendars }) => {
    if (isNull(from) || isNull(to) || isNull(calendar)) return null;
    return minutesBetween(instantOf(from, zone), instantOf(to, zone), textOf(calendar), calendars);
  },
};

/** `nth working day(year, month, n, calendar)`: a date; `n` -1 is the last working day of the month. */
export const nthWorkingDay: OwnFunction = {
  name: 'nth working day',
  parameters: ['year', 'month', 'n', 'calendar'],
  call: ([year, month, n, calendar], { calendars }) => {
    if (isNull(year) || isNull(month) || isNull(n) || isNull(calendar)) return null;
    const at = { year: wholeNumber(year), month: wholeNumber(month), n: wholeNumber(n) };
    return dateOf(nthWorkingDayOf(at, textOf(calendar), calendars).date);
  },
};

function isNull(value: unknown): boolean {
  return value === null || value === undefined;
}

function instantOf(value: unknown, zone: string): number {
  const epochMs = epochMsOf(value, zone);
  if (epochMs !== undefined) return epochMs;
  throw new FeelRefusal(`Expected a date and time such as "2026-11-20T10:00:00+03:00", got ${String(value)}.`);
}

function workingText(value: unknown): string {
  if (typeof value === 'string') return value;
  const text = durationTextOf(value);
  if (text !== undefined && /^PT/.test(text)) return text;
  // duration("PT26H") arrives as P1DT2H and duration("P1D") as P1D: one would be 26 hours, the other a working day.
  throw new FeelRefusal(`Expected the working time as text such as "PT26H" or "P3D", got ${text ?? String(value)}.`);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new FeelRefusal(`Expected the id of a calendar in quotes, got ${String(value)}.`);
}

function wholeNumber(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new FeelRefusal(`Expected a whole number, got ${String(value)}.`);
}
