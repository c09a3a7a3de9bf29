import { divide, negate, roundTo, compareNumbers, toDouble } from '../values/decimal.ts';
import type { FeelNumber } from '../values/decimal.ts';
import { entryOf, FeelRange, isContext, type FeelValue } from '../values/feel-value.ts';
import {
  civilOfDays,
  DaysDuration,
  FeelDate,
  FeelDateTime,
  FeelTime,
  MonthsDuration,
  offsetOf,
  offsetOfTime,
  weekday,
} from '../values/temporal.ts';

/** `value.name`: context entries and the properties of DMN 1.5 Tables 65–66; undefined when there is none of the name. */
export function memberOf(value: FeelValue, name: string): FeelValue | undefined {
  if (isContext(value)) return entryOf(value, name);
  if (value instanceof FeelDate) return dateMember(value.days, name);
  if (value instanceof FeelDateTime) {
    if (name === 'time offset') return offsetDuration(offsetOf(value));
    if (name === 'timezone') return typeof value.zone === 'string' ? value.zone : null;
    return dateMember(value.days, name) ?? timeMember(value.nanos, name);
  }
  if (value instanceof FeelTime) {
    if (name === 'time offset') return offsetDuration(offsetOfTime(value));
    if (name === 'timezone') return typeof value.zone === 'string' ? value.zone : null;
    return timeMember(value.nanos, name);
  }
  if (value instanceof DaysDuration) return durationMember(value.seconds, name);
  if (value instanceof MonthsDuration) {
    if (name === 'years') return Math.trunc(value.months / 12) + 0;
    if (name === 'months') return (value.months % 12) + 0;
  }
  if (value instanceof FeelRange) return rangeMember(value, name);
  return undefined;
}

function dateMember(days: number, name: string): FeelValue | undefined {
  switch (name) {
    case 'year':
      return civilOfDays(days).year;
    case 'month':
      return civilOfDays(days).month;
    case 'day':
      return civilOfDays(days).day;
    case 'weekday':
      return weekday(days);
    default:
      return undefined;
  }
}

function timeMember(nanos: number, name: string): FeelValue | undefined {
  const seconds = Math.floor(nanos / 1e9);
  switch (name) {
    case 'hour':
      return Math.floor(seconds / 3600);
    case 'minute':
      return Math.floor(seconds / 60) % 60;
    case 'second':
      return seconds % 60;
    default:
      return undefined;
  }
}

function offsetDuration(seconds: number | null): FeelValue {
  return seconds === null ? null : new DaysDuration(seconds);
}

function durationMember(exact: FeelNumber, name: string): FeelValue | undefined {
  const negative = compareNumbers(exact, 0) < 0;
  const whole = toDouble(roundTo(negative ? negate(exact) : exact, 0, 'floor') ?? 0);
  const sign = (count: number): number => (negative ? 0 - count : count);
  switch (name) {
    case 'days':
      return sign(toDouble(roundTo(divide(whole, 86_400) ?? 0, 0, 'floor') ?? 0));
    case 'hours':
      return sign(Math.floor(whole / 3600) % 24);
    case 'minutes':
      return sign(Math.floor(whole / 60) % 60);
    case 'seconds':
      return sign(whole % 60);
    default:
      return undefined;
  }
}

function rangeMember(range: FeelRange, name: string): FeelValue | undefined {
  switch (name) {
    case 'start':
      return range.start ?? null;
    case 'end':
      return range.end ?? null;
    case 'start included':
      return range.startIncluded;
    case 'end included':
      return range.endIncluded;
    default:
      return undefined;
  }
}
