import { isNumber } from './decimal.ts';
import { FeelFunction, FeelRange, isList, type FeelValue } from './feel-value.ts';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration } from './temporal.ts';

/** The FEEL name of a value's kind, for messages. */
export function kindName(value: FeelValue): string {
  if (value === null) return 'null';
  if (isNumber(value)) return 'number';
  if (typeof value !== 'object') return typeof value;
  if (isList(value)) return 'list';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelDateTime) return 'date and time';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof DaysDuration) return 'days and time duration';
  if (value instanceof MonthsDuration) return 'years and months duration';
  if (value instanceof FeelRange) return 'range';
  return value instanceof FeelFunction ? 'function' : 'context';
}
