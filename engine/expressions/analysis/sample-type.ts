import type { JsonValue } from '../../json.ts';
import { join } from './join.ts';
import { BOOLEAN_TYPE, listType, NUMBER_TYPE, STRING_TYPE, type Entry, type StaticType } from './static-type.ts';

/** The type of a variable of which one value is an example: its kind, not the value, and anything where it is null. */
export function sampleType(value: JsonValue): StaticType {
  if (value === null) return 'any';
  if (typeof value === 'boolean') return BOOLEAN_TYPE;
  if (typeof value === 'number') return NUMBER_TYPE;
  if (typeof value === 'string') return STRING_TYPE;
  if (Array.isArray(value)) return listType(value.length === 0 ? 'any' : join(...value.map(sampleType)));
  const entries = Object.entries(value).map(([name, entry]): [string, Entry] => [name, { type: sampleType(entry) }]);
  return [{ kind: 'context', entries: new Map(entries), open: false }];
}
