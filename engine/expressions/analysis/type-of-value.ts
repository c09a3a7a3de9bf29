import { isNumber } from '../values/decimal.ts';
import { FeelFunction, FeelRange, isList, type FeelValue } from '../values/feel-value.ts';
import { DaysDuration, FeelDate, FeelDateTime, FeelTime, MonthsDuration } from '../values/temporal.ts';
import { point } from './interval.ts';
import { join } from './join.ts';
import type { Entry, StaticType } from './static-type.ts';

/** The narrowest type of one value. */
export function typeOfValue(value: FeelValue): StaticType {
  if (value === null) return [{ kind: 'null' }];
  if (typeof value === 'boolean') return [{ kind: 'boolean', values: [value] }];
  if (typeof value === 'string') return [{ kind: 'string', literals: [value] }];
  if (isNumber(value)) return [{ kind: 'number', within: [point(value)] }];
  if (value instanceof FeelDate) return [{ kind: 'date', within: [point(value)] }];
  if (value instanceof DaysDuration) return [{ kind: 'days and time duration', within: [point(value)] }];
  if (value instanceof MonthsDuration) return [{ kind: 'years and months duration', within: [point(value)] }];
  if (value instanceof FeelTime) return [{ kind: 'time' }];
  if (value instanceof FeelDateTime) return [{ kind: 'date and time' }];
  if (isList(value)) return [{ kind: 'list', of: join(...value.map(typeOfValue)) }];
  if (value instanceof FeelRange) return [{ kind: 'range', of: 'any' }];
  if (value instanceof FeelFunction) return [{ kind: 'function', signature: null }];
  const entries = Object.entries(value as Readonly<Record<string, FeelValue>>);
  return [
    {
      kind: 'context',
      entries: new Map(entries.map(([name, entry]): [string, Entry] => [name, { type: typeOfValue(entry) }])),
      open: false,
    },
  ];
}
