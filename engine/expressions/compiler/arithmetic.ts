import {
  add,
  compareNumbers,
  divide,
  isNumber,
  multiply,
  negate,
  roundTo,
  subtract,
  toDouble,
} from '../values/decimal.ts';
import { power } from '../values/decimal-functions.ts';
import type { FeelNumber } from '../values/decimal.ts';
import type { FeelValue } from '../values/feel-value.ts';
import type { ArithmeticOp } from '../syntax/syntax-tree.ts';
import {
  addMonthsToDays,
  addSeconds,
  addSecondsToTime,
  DaysDuration,
  FeelDate,
  FeelDateTime,
  FeelTime,
  instantOf,
  MonthsDuration,
  utcSecondsOf,
  dateTimeOfInstant,
  type TemporalValue,
} from '../values/temporal.ts';

/** Arithmetic of DMN 1.5 Tables 50–52. Undefined: the operation does not exist for these kinds. Null: it has no result. */
export function calculate(op: ArithmeticOp, a: FeelValue, b: FeelValue): FeelValue | undefined {
  if (isNumber(a) && isNumber(b)) return calculateNumbers(op, a, b);
  switch (op) {
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return a + b;
      return plus(a, b) ?? plus(b, a);
    case '-':
      return minus(a, b);
    case '*':
      return times(a, b) ?? times(b, a);
    case '/':
      return over(a, b);
    case '**':
      return undefined;
  }
}

function calculateNumbers(op: ArithmeticOp, a: FeelNumber, b: FeelNumber): FeelNumber | null {
  switch (op) {
    case '+':
      return add(a, b);
    case '-':
      return subtract(a, b);
    case '*':
      return multiply(a, b);
    case '/':
      return divide(a, b);
    case '**':
      return power(a, b);
  }
}

export function negative(value: FeelValue): FeelValue | undefined {
  if (isNumber(value)) return negate(value);
  if (value instanceof DaysDuration) return new DaysDuration(negate(value.seconds));
  if (value instanceof MonthsDuration) return new MonthsDuration(0 - value.months);
  return undefined;
}

function plus(a: FeelValue, b: FeelValue): TemporalValue | null | undefined {
  if (b instanceof DaysDuration) {
    if (a instanceof DaysDuration) return duration(add(a.seconds, b.seconds));
    if (a instanceof FeelDateTime) return addSeconds(a, b.seconds);
    if (a instanceof FeelTime) return addSecondsToTime(a, b.seconds);
    if (a instanceof FeelDate) {
      const sum = add(instantOf(a), b.seconds);
      const moment = sum === null ? null : dateTimeOfInstant(sum, null);
      return moment && new FeelDate(moment.days);
    }
  }
  if (b instanceof MonthsDuration) {
    if (a instanceof MonthsDuration) return new MonthsDuration(a.months + b.months);
    if (a instanceof FeelDate) {
      const days = addMonthsToDays(a.days, b.months);
      return days === null ? null : new FeelDate(days);
    }
    if (a instanceof FeelDateTime) {
      const days = addMonthsToDays(a.days, b.months);
      return days === null ? null : new FeelDateTime(days, a.nanos, a.zone);
    }
  }
  return undefined;
}

function minus(a: FeelValue, b: FeelValue): TemporalValue | null | undefined {
  if (b instanceof DaysDuration || b instanceof MonthsDuration) return plus(a, negative(b) as DaysDuration);
  if (a instanceof FeelTime && b instanceof FeelTime) {
    if ((a.zone === null) !== (b.zone === null)) return null;
    return duration(subtract(utcSecondsOf(a), utcSecondsOf(b)));
  }
  if (isMoment(a) && isMoment(b)) {
    if (isLocal(a) !== isLocal(b)) return null;
    return duration(subtract(instantOf(a), instantOf(b)));
  }
  return undefined;
}

function isMoment(value: FeelValue): value is FeelDate | FeelDateTime {
  return value instanceof FeelDate || value instanceof FeelDateTime;
}

/** A date counts as midnight in UTC, except beside another date, where it makes no difference. */
function isLocal(value: FeelDate | FeelDateTime): boolean {
  return value instanceof FeelDateTime && value.zone === null;
}

function times(a: FeelValue, b: FeelValue): TemporalValue | null | undefined {
  if (!isNumber(b)) return undefined;
  if (a instanceof DaysDuration) return duration(multiply(a.seconds, b));
  if (a instanceof MonthsDuration) return months(multiply(a.months, b));
  return undefined;
}

function over(a: FeelValue, b: FeelValue): FeelValue | undefined {
  if (isNumber(b)) {
    if (a instanceof DaysDuration) return duration(divide(a.seconds, b));
    if (a instanceof MonthsDuration) return months(divide(a.months, b));
  }
  if (a instanceof DaysDuration && b instanceof DaysDuration) return divide(a.seconds, b.seconds);
  if (a instanceof MonthsDuration && b instanceof MonthsDuration) return divide(a.months, b.months);
  return undefined;
}

function duration(seconds: FeelNumber | null): DaysDuration | null {
  return seconds === null || compareNumbers(seconds, 1e21) > 0 ? null : new DaysDuration(seconds);
}

/** A fraction of a month is cut off: `P1Y / 5` is P2M. */
function months(exact: FeelNumber | null): MonthsDuration | null {
  const whole = exact === null ? null : roundTo(exact, 0, 'down');
  return whole === null ? null : new MonthsDuration(toDouble(whole));
}
