import { add, compareNumbers, negate, roundTo, toDouble, type FeelNumber } from './decimal.ts';
import { localSecondsToInstant, offsetSecondsAt } from './zones.ts';

/**
 * FEEL dates, times and durations (DMN 1.5 §10.3.2.3.4–10.3.2.3.9). Own values and not Temporal's, because FEEL years go
 * from -999,999,999 to 999,999,999. A date is a count of days from 1970-01-01, a time of day is nanoseconds.
 */
export abstract class TemporalValue {
  declare protected readonly temporal: true;
}

export const DAY_SECONDS = 86_400;
const NANOS = 1_000_000_000;
const DAY_NANOS = DAY_SECONDS * NANOS;

/** `null`: local time. A number: seconds east of UTC. A text: IANA name. */
export type Zone = null | number | string;

export class FeelDate extends TemporalValue {
  /** Days from 1970-01-01. */
  readonly days: number;
  constructor(days: number) {
    super();
    this.days = days;
  }
}

export class FeelTime extends TemporalValue {
  /** Nanoseconds from midnight. */
  readonly nanos: number;
  readonly zone: Zone;
  constructor(nanos: number, zone: Zone) {
    super();
    this.nanos = nanos;
    this.zone = zone;
  }
}

export class FeelDateTime extends TemporalValue {
  readonly days: number;
  readonly nanos: number;
  readonly zone: Zone;
  constructor(days: number, nanos: number, zone: Zone) {
    super();
    this.days = days;
    this.nanos = nanos;
    this.zone = zone;
  }
}

/** `days and time duration`: exact seconds. */
export class DaysDuration extends TemporalValue {
  readonly seconds: FeelNumber;
  constructor(seconds: FeelNumber) {
    super();
    this.seconds = seconds;
  }
}

/** `years and months duration`. */
export class MonthsDuration extends TemporalValue {
  readonly months: number;
  constructor(months: number) {
    super();
    this.months = months;
  }
}

const MAX_YEAR = 999_999_999;

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Proleptic Gregorian calendar, by the usual 400-year eras starting on 1 March. */
export function daysOfCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilOfDays(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Null for a day that the calendar does not have. */
export function dateOf(year: number, month: number, day: number): FeelDate | null {
  if (Math.abs(year) > MAX_YEAR || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return new FeelDate(daysOfCivil(year, month, day));
}

/** Moves by months, clamping the day to the month's last (31 January + 1 month = 28 February). */
export function addMonthsToDays(days: number, months: number): number | null {
  const { year, month, day } = civilOfDays(days);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  if (Math.abs(toYear) > MAX_YEAR) return null;
  return daysOfCivil(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** Monday is 1. */
export function weekday(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** Seconds of the UTC instant, exactly; local values count as UTC. */
export function instantOf(value: FeelDateTime | FeelDate): FeelNumber {
  if (value instanceof FeelDate) return value.days * DAY_SECONDS;
  const whole = Math.floor(value.nanos / NANOS);
  const local = value.days * DAY_SECONDS + whole;
  const instant = value.zone === null ? local : localSecondsToInstant(local, value.zone);
  return withNanos(instant, value.nanos - whole * NANOS);
}

function withNanos(seconds: number, nanos: number): FeelNumber {
  return nanos === 0 ? seconds : (add(seconds, nanos / NANOS) ?? seconds);
}

/** Seconds of the time of day in UTC, for comparing times. */
export function utcSecondsOf(time: FeelTime): FeelNumber {
  const whole = Math.floor(time.nanos / NANOS);
  return withNanos(whole - (offsetOfTime(time) ?? 0), time.nanos - whole * NANOS);
}

/** Seconds east of UTC, null for local values. A bare time in a named zone takes the zone's offset of 1970. */
export function offsetOfTime({ zone }: FeelTime): number | null {
  return typeof zone === 'string' ? offsetSecondsAt(0, zone) : zone;
}

export function offsetOf(value: FeelDateTime): number | null {
  const { zone } = value;
  if (typeof zone !== 'string') return zone;
  const local = value.days * DAY_SECONDS + Math.floor(value.nanos / NANOS);
  return local - localSecondsToInstant(local, zone);
}

/** The date-time that shows `seconds` (an instant) in the zone. */
export function dateTimeOfInstant(seconds: FeelNumber, zone: Zone): FeelDateTime | null {
  const floor = toDouble(roundTo(seconds, 0, 'floor') ?? 0);
  const nanos = Math.round(toDouble(add(seconds, negate(floor)) ?? 0) * NANOS);
  const offset = zone === null ? 0 : typeof zone === 'number' ? zone : offsetSecondsAt(floor, zone);
  const local = floor + offset;
  const days = Math.floor(local / DAY_SECONDS);
  if (Math.abs(civilOfDays(days).year) > MAX_YEAR) return null;
  return new FeelDateTime(days, (local - days * DAY_SECONDS) * NANOS + nanos, zone);
}

export function addSeconds(value: FeelDateTime, seconds: FeelNumber): FeelDateTime | null {
  // A day more on the wall of a zone with DST is not always 24 hours; FEEL (§10.3.2.3.6) counts on the time line.
  const instant = add(instantOf(value), seconds);
  return instant === null ? null : dateTimeOfInstant(instant, value.zone);
}

export function addSecondsToTime(time: FeelTime, seconds: FeelNumber): FeelTime {
  const floor = toDouble(roundTo(seconds, 0, 'floor') ?? 0);
  const nanos = Math.round(toDouble(add(seconds, negate(floor)) ?? 0) * NANOS);
  const wrapped = ((floor % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  return new FeelTime((time.nanos + wrapped * NANOS + nanos) % DAY_NANOS, time.zone);
}

/** Whole months from `a` to `b`, towards zero (§10.3.4.8 `years and months duration`). */
export function monthsBetween(a: FeelDate | FeelDateTime, b: FeelDate | FeelDateTime): number {
  const from = civilOfDays(a.days);
  const to = civilOfDays(b.days);
  let months = (to.year - from.year) * 12 + (to.month - from.month);
  const earlier = to.day < from.day;
  const later = to.day > from.day;
  if (months > 0 && earlier) months -= 1;
  if (months < 0 && later) months += 1;
  return months;
}

/** Order of two values of one kind; null when they have none (different kinds, or zoned with local). */
export function compareTemporal(a: TemporalValue, b: TemporalValue): number | null {
  if (a instanceof FeelDate && b instanceof FeelDate) return a.days - b.days;
  if (a instanceof FeelDateTime && b instanceof FeelDateTime) {
    if ((a.zone === null) !== (b.zone === null)) return null;
    if (a.zone === b.zone && a.zone === null) return a.days - b.days || a.nanos - b.nanos;
    return compareNumbers(instantOf(a), instantOf(b));
  }
  if (a instanceof FeelTime && b instanceof FeelTime) {
    if ((a.zone === null) !== (b.zone === null)) return null;
    return compareNumbers(utcSecondsOf(a), utcSecondsOf(b));
  }
  if (a instanceof DaysDuration && b instanceof DaysDuration) return compareNumbers(a.seconds, b.seconds);
  if (a instanceof MonthsDuration && b instanceof MonthsDuration) return a.months - b.months;
  return null;
}
