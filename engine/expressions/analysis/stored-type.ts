import { Decimal } from '../values/decimal.ts';
import type { Bound, Interval } from './interval.ts';
import { join } from './join.ts';
import { NULL_TYPE, STRING_TYPE, type Alternative, type Entry, type StaticType } from './static-type.ts';

/** What a value becomes as a variable: temporal values ISO text, functions and ranges null, numbers the nearest double. */
export function storedType(type: StaticType): StaticType {
  return type === 'any' ? type : join(...type.map(storedOne));
}

function storedOne(one: Alternative): StaticType {
  switch (one.kind) {
    case 'null':
    case 'boolean':
    case 'string':
      return [one];
    case 'number':
      return [{ kind: 'number', within: one.within?.every(isShort) === true ? one.within.map(closed) : null }];
    case 'list':
      return [{ kind: 'list', of: storedType(one.of) }];
    case 'context': {
      const entries = [...one.entries].map(([name, entry]): [string, Entry] => [
        name,
        { ...entry, type: storedType(entry.type) },
      ]);
      return [{ ...one, entries: new Map(entries) }];
    }
    case 'range':
    case 'function':
      return NULL_TYPE;
    default:
      return STRING_TYPE;
  }
}

function isShort({ from, to }: Interval): boolean {
  return ![from, to].some((bound) => bound?.value instanceof Decimal);
}

/** A decimal just inside a bound may become the bound itself. */
function closed({ from, to }: Interval): Interval {
  if (from !== null && from === to) return { from, to };
  return { from: from && including(from), to: to && including(to) };
}

function including({ value }: Bound): Bound {
  return { value, included: true };
}
