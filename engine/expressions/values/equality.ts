import type { FeelRun } from '../compiler/feel-run.ts';
import { costOf } from './cost-of.ts';
import { compareNumbers, isNumber } from './decimal.ts';
import { FeelFunction, FeelRange, isContext, isList, keysOf, type FeelValue } from './feel-value.ts';
import {
  compareTemporal,
  DaysDuration,
  FeelDate,
  FeelDateTime,
  FeelTime,
  instantOf,
  MonthsDuration,
  TemporalValue,
} from './temporal.ts';

/**
 * `a = b` (DMN 1.5 Table 53); null for values of different kinds. Every compared element costs fuel: a list that holds
 * itself twice doubles at each level.
 */
export function equalValues(a: FeelValue, b: FeelValue, run: FeelRun): boolean | null {
  if (a === b && typeof a !== 'object' && typeof a !== 'string') return true;
  if (a === null && b === null) return true;
  if (a === null || b === null) return false;
  if (typeof a !== 'object' || typeof b !== 'object') {
    if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
    if (typeof a === 'string' && typeof b === 'string') {
      if (a.length !== b.length) return false;
      run.spend(a.length / 256);
      return a === b;
    }
    return typeof a === typeof b ? false : null;
  }
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (a instanceof TemporalValue && b instanceof TemporalValue) {
    run.spend(costOf(a));
    return equalTemporal(a, b);
  }
  if (isList(a) && isList(b)) {
    run.spend(1 + a.length);
    return a.length === b.length && a.every((item, index) => equalValues(item, b[index]!, run) === true);
  }
  if (a instanceof FeelRange && b instanceof FeelRange) {
    return (
      a.startIncluded === b.startIncluded &&
      a.endIncluded === b.endIncluded &&
      equalBounds(a.start, b.start, run) &&
      equalBounds(a.end, b.end, run)
    );
  }
  if (isContext(a) && isContext(b)) {
    const keys = keysOf(a);
    run.spend(1 + 4 * keys.length);
    return (
      keys.length === keysOf(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key]!, b[key]!, run) === true)
    );
  }
  if (a instanceof FeelFunction && b instanceof FeelFunction) return a === b;
  return null;
}

function equalBounds(a: FeelValue | undefined, b: FeelValue | undefined, run: FeelRun): boolean {
  if (a === undefined || b === undefined) return a === b;
  return equalValues(a, b, run) === true;
}

function equalTemporal(a: TemporalValue, b: TemporalValue): boolean | null {
  if (a instanceof MonthsDuration && b instanceof DaysDuration) return bothZero(a, b);
  if (a instanceof DaysDuration && b instanceof MonthsDuration) return bothZero(b, a);
  if (a instanceof FeelDateTime && b instanceof FeelDateTime && (a.zone === null) !== (b.zone === null)) return false;
  if (a instanceof FeelTime && b instanceof FeelTime && (a.zone === null) !== (b.zone === null)) return false;
  const order = compareTemporal(a, b);
  return order === null ? null : order === 0;
}

function bothZero(months: MonthsDuration, days: DaysDuration): boolean | null {
  return months.months === 0 && compareNumbers(days.seconds, 0) === 0 ? true : null;
}

/** Order of two values (Table 54): numbers, strings, temporal values of one kind; null for all others. */
export function compareValues(a: FeelValue, b: FeelValue): number | null {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (a instanceof TemporalValue && b instanceof TemporalValue) {
    if (a instanceof FeelDate && b instanceof FeelDateTime) return compareNumbers(instantOf(a), instantOf(b));
    if (a instanceof FeelDateTime && b instanceof FeelDate) return compareNumbers(instantOf(a), instantOf(b));
    return compareTemporal(a, b);
  }
  return null;
}

/** By code points: UTF-16 order would put emoji before some letters. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x === y) continue;
    const surrogates = Number(x >= 0xd800 && x <= 0xdfff) - Number(y >= 0xd800 && y <= 0xdfff);
    if (surrogates !== 0) return surrogates;
    return x - y;
  }
  return a.length - b.length;
}

/** `value in range`; null when they cannot be compared. */
export function includes(range: FeelRange, value: FeelValue): boolean | null {
  if (range.start !== undefined) {
    const order = compareValues(value, range.start);
    if (order === null) return null;
    if (order < 0 || (order === 0 && !range.startIncluded)) return false;
  }
  if (range.end !== undefined) {
    const order = compareValues(value, range.end);
    if (order === null) return null;
    if (order > 0 || (order === 0 && !range.endIncluded)) return false;
  }
  return true;
}
