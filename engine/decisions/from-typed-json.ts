import type { FeelType } from '../expressions/values/feel-type.ts';
import { isContext, isList, keysOf, newContext, type FeelValue } from '../expressions/values/feel-value.ts';
import { parseDate, readDateTime, parseDuration, parseTime } from '../expressions/values/temporal-text.ts';

/** JSON data holds temporal values as ISO text: where a type says so, the text is read. Other values stay as they are. */
export function fromTypedJson(value: FeelValue, type: FeelType): FeelValue {
  switch (type.kind) {
    case 'constrained':
      return fromTypedJson(value, type.base);
    case 'list':
      return isList(value) && holdsTemporal(type.of) ? value.map((item) => fromTypedJson(item, type.of)) : value;
    case 'context': {
      if (!isContext(value) || !holdsTemporal(type)) return value;
      const copy = newContext();
      for (const key of keysOf(value)) {
        const entry = type.entries?.get(key);
        copy[key] = entry === undefined ? value[key]! : fromTypedJson(value[key]!, entry);
      }
      return copy;
    }
    case 'date':
      return typeof value === 'string' ? (parseDate(value.slice(0, 10)) ?? value) : value;
    case 'time':
      return typeof value === 'string' ? (parseTime(value) ?? value) : value;
    case 'date and time':
      return typeof value === 'string' ? (readDateTime(value) ?? value) : value;
    case 'days and time duration':
    case 'years and months duration':
      return typeof value === 'string' ? (parseDuration(value) ?? value) : value;
    default:
      return value;
  }
}

function holdsTemporal(type: FeelType): boolean {
  switch (type.kind) {
    case 'constrained':
      return holdsTemporal(type.base);
    case 'list':
      return holdsTemporal(type.of);
    case 'context':
      return type.entries !== null && [...type.entries.values()].some(holdsTemporal);
    default:
      return type.kind.startsWith('date') || type.kind.endsWith('duration') || type.kind === 'time';
  }
}
