import type { JsonValue } from '../json.ts';
import type { FeelWarning } from './expression.ts';
import { FeelRefusal } from './own-function.ts';
import { Decimal, toDouble } from './values/decimal.ts';
import { FeelFunction, FeelRange, FORBIDDEN_NAMES, isList, type FeelValue } from './values/feel-value.ts';
import { TemporalValue } from './values/temporal.ts';
import { jsonTextOfTemporal, parseDate, readDateTime, parseDuration, parseTime } from './values/temporal-text.ts';

export { FORBIDDEN_NAMES } from './values/feel-value.ts';

/** HTTP admits 64 levels; results may nest somewhat deeper. Beyond it lies the stack. */
const DEPTH_LIMIT = 128;
/** Fuel for each value: a list that contains itself twice doubles at each level (`for i in 1..30 return [partial, partial]`). */
const VALUE_COST = 3;
/** As much as the fuel of one evaluation pays for. */
const SIZE_LIMIT = 350_000;

/** JSON data is FEEL data as it stands: numbers stand for their decimal text, and only own properties are read. */
export function fromJson(value: JsonValue): FeelValue {
  return value;
}

/** Who hears of what JSON cannot say, and who pays. */
export interface JsonConversion {
  readonly warn?: (warning: FeelWarning) => void;
  readonly spend?: (work: number) => void;
}

/**
 * A FEEL value as JSON. Numbers become the nearest double, which is the decimal itself up to 15 digits; temporal values
 * become ISO text; what JSON cannot say becomes null and a warning.
 */
export function toJson(value: FeelValue | undefined, from: JsonConversion = {}): JsonValue {
  const { warn, spend } = from;
  if (typeof value !== 'object') return value ?? null;
  let size = 0;
  const convert = (value: FeelValue | undefined, depth: number): JsonValue => {
    if (++size > SIZE_LIMIT || depth > DEPTH_LIMIT) {
      throw new FeelRefusal('The result is too large or contains itself.');
    }
    spend?.(VALUE_COST);
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object') return typeof value === 'number' ? value + 0 : value;
    if (value instanceof Decimal) return toDouble(value);
    if (isList(value)) return value.map((item) => convert(item, depth + 1));
    if (value instanceof TemporalValue) return jsonTextOfTemporal(value);
    if (value instanceof FeelRange || value instanceof FeelFunction) {
      warn?.({ message: 'A function or range is not a JSON value and became null', from: 0, to: 0 });
      return null;
    }
    const copy: Record<string, JsonValue> = {};
    for (const [key, item] of Object.entries(value)) {
      if (!FORBIDDEN_NAMES.has(key)) copy[key] = convert(item, depth + 1);
    }
    return copy;
  };
  return convert(value, 0);
}

/** DMN types whose values arrive as text in JSON data. */
export type TemporalType = 'date' | 'time' | 'dateTime' | 'duration';

/** A FEEL value for ISO text of a declared type; the text itself when it is not of that type. */
export function temporalOf(text: string, type: TemporalType): FeelValue {
  switch (type) {
    case 'date':
      return parseDate(text.slice(0, 10)) ?? text;
    case 'time':
      return parseTime(text) ?? text;
    case 'dateTime':
      return readDateTime(text) ?? text;
    case 'duration':
      return parseDuration(text) ?? text;
  }
}
