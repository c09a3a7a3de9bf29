import {
  add,
  compareNumbers,
  divide,
  isInteger,
  isNumber,
  modulo,
  multiply,
  negate,
  parseNumber,
  roundTo,
  subtract,
  toSafeInteger,
  type FeelNumber,
  type Rounding,
} from '../values/decimal.ts';
import { exponential, logarithm, squareRoot } from '../values/decimal-functions.ts';
import { DaysDuration, MonthsDuration } from '../values/temporal.ts';
import type { FeelFunction, FeelValue } from '../values/feel-value.ts';
import { define, overload } from './define.ts';

/** What a series of about 60 terms of 60 digits costs. */
const SERIES = 1_000;
const ROOT = 60;

/** Numeric functions of DMN 1.5 §10.3.4.5. */
export const numberFunctions: readonly FeelFunction[] = [
  define('decimal', 'n: number, scale: number -> number', ([n, scale]) => rounded(n, scale, 'half even')),
  overload(
    define('floor', 'n: number -> number', ([n]) => rounded(n, 0, 'floor')),
    define('floor', 'n: number, scale: number -> number', ([n, scale]) => rounded(n, scale, 'floor')),
  ),
  overload(
    define('ceiling', 'n: number -> number', ([n]) => rounded(n, 0, 'ceiling')),
    define('ceiling', 'n: number, scale: number -> number', ([n, scale]) => rounded(n, scale, 'ceiling')),
  ),
  define('round up', 'n: number, scale: number -> number', ([n, scale]) => rounded(n, scale, 'up')),
  define('round down', 'n: number, scale: number -> number', ([n, scale]) => rounded(n, scale, 'down')),
  define('round half up', 'n: number, scale: number -> number', ([n, scale]) => rounded(n, scale, 'half up')),
  define('round half down', 'n: number, scale: number -> number', ([n, scale]) => rounded(n, scale, 'half down')),
  overload(
    define('abs', 'n: number -> number', ([n]) => absolute(n!)),
    define('abs', 'n: days and time duration -> days and time duration', ([n]) => absolute(n!)),
    define('abs', 'n: years and months duration -> years and months duration', ([n]) => absolute(n!)),
  ),
  define('modulo', 'dividend: number, divisor: number -> number', ([a, b]) =>
    isNumber(a) && isNumber(b) ? modulo(a, b) : null,
  ),
  define('sqrt', 'number: number -> number', ([n], run) => {
    if (!isNumber(n)) return null;
    run.spend(ROOT);
    return squareRoot(n);
  }),
  define('log', 'number: number -> number', ([n], run) => {
    if (!isNumber(n)) return null;
    run.spend(SERIES);
    return logarithm(n);
  }),
  define('exp', 'number: number -> number', ([n], run) => {
    if (!isNumber(n)) return null;
    run.spend(SERIES);
    return exponential(n);
  }),
  define('odd', 'number: number -> boolean', ([n]) => (isInteger(n) ? modulo(n, 2) === 1 : null)),
  define('even', 'number: number -> boolean', ([n]) => (isInteger(n) ? modulo(n, 2) === 0 : null)),
  overload(
    define('number', 'from: string -> number', ([from]) => (typeof from === 'string' ? readNumber(from) : null)),
    define(
      'number',
      'from: string, grouping separator: string, decimal separator: string -> number',
      ([from, group, point]) => (typeof from === 'string' ? readGrouped(from, group ?? null, point ?? null) : null),
    ),
  ),
];

function rounded(n: FeelValue | undefined, scale: FeelValue | undefined, rounding: Rounding): FeelValue {
  if (!isNumber(n) || !isNumber(scale)) return null;
  const places = roundTo(scale, 0, 'down');
  const whole = toSafeInteger(places);
  return whole === null ? null : roundTo(n, whole, rounding);
}

function absolute(value: FeelValue): FeelValue {
  if (isNumber(value)) return compareNumbers(value, 0) < 0 ? negate(value) : value;
  if (value instanceof DaysDuration) {
    return compareNumbers(value.seconds, 0) < 0 ? new DaysDuration(negate(value.seconds)) : value;
  }
  return value instanceof MonthsDuration ? new MonthsDuration(Math.abs(value.months)) : null;
}

function readNumber(text: string): FeelValue {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? parseNumber(text) : null;
}

function readGrouped(text: string, group: FeelValue, point: FeelValue): FeelValue {
  if (group !== null && group !== ' ' && group !== ',' && group !== '.') return null;
  if (point !== null && point !== '.' && point !== ',') return null;
  if (group !== null && group === point) return null;
  let plain = text;
  if (typeof group === 'string') plain = plain.replaceAll(group, '');
  if (typeof point === 'string' && point !== '.') plain = plain.includes('.') ? 'no number' : plain.replace(point, '.');
  return readNumber(plain);
}

/** Statistics over numbers (§10.3.4.4); null when an element is not a number or there is none. */
export function total(values: readonly FeelValue[]): FeelNumber | null {
  let sum: FeelNumber | null = 0;
  for (const value of values) {
    if (!isNumber(value) || sum === null) return null;
    sum = add(sum, value);
  }
  return sum;
}

export function mean(values: readonly FeelValue[]): FeelNumber | null {
  const sum = values.length === 0 ? null : total(values);
  return sum === null ? null : divide(sum, values.length);
}

export function product(values: readonly FeelValue[]): FeelNumber | null {
  let result: FeelNumber | null = values.length === 0 ? null : 1;
  for (const value of values) {
    if (!isNumber(value) || result === null) return null;
    result = multiply(result, value);
  }
  return result;
}

export function median(values: readonly FeelValue[]): FeelNumber | null {
  if (values.length === 0 || !values.every(isNumber)) return null;
  const sorted = [...values].sort(compareNumbers);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle]!;
  const sum = add(sorted[middle - 1]!, sorted[middle]!);
  return sum === null ? null : divide(sum, 2);
}

/** Of a sample: divided by n - 1. */
export function deviation(values: readonly FeelValue[]): FeelNumber | null {
  const average = values.length < 2 ? null : mean(values);
  if (average === null) return null;
  let squares: FeelNumber | null = 0;
  for (const value of values) {
    const distance: FeelNumber | null = subtract(value as FeelNumber, average);
    const square: FeelNumber | null = distance === null ? null : multiply(distance, distance);
    squares = square === null || squares === null ? null : add(squares, square);
  }
  const variance = squares === null ? null : divide(squares, values.length - 1);
  return variance === null ? null : squareRoot(variance);
}

export function modes(values: readonly FeelValue[]): FeelValue {
  if (!values.every(isNumber)) return null;
  const sorted = [...values].sort(compareNumbers);
  let best: FeelNumber[] = [];
  let most = 0;
  for (let index = 0; index < sorted.length;) {
    let end = index + 1;
    while (end < sorted.length && compareNumbers(sorted[end]!, sorted[index]!) === 0) end += 1;
    if (end - index > most) best = [];
    if (end - index >= most) best.push(sorted[index]!);
    most = Math.max(most, end - index);
    index = end;
  }
  return best;
}
