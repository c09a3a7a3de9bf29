import type { JsonValue } from '../json.ts';
import type { FeelWarning } from './expression.ts';
import { isFunctionOrRange, temporalText } from './feelin.ts';
import { FeelRefusal } from './own-function.ts';

/** Names that reach a prototype when somebody writes them carelessly; no data of ours is called so. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** HTTP admits 64 levels; results may nest somewhat deeper. Beyond it lies the stack. */
const DEPTH_LIMIT = 128;
/** A list that contains itself twice doubles at each level (`for i in 1..30 return [partial, partial]`). */
const SIZE_LIMIT = 1_000_000;

/**
 * JSON data as FEEL may see it: the same value when it is clean, else a copy without forbidden keys.
 * Throws TypeError for anything that is not JSON (our bug: only JSON may be a variable).
 */
export function fromJson(value: JsonValue, depth = 0): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (typeof value !== 'object') throw new TypeError(`Expected JSON data in a variable, got a ${typeof value}`);
  if (depth > DEPTH_LIMIT) throw new FeelRefusal(`Data nests deeper than ${DEPTH_LIMIT} levels.`);
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    const copies = items.map((item) => fromJson(item, depth + 1));
    return copies.every((copy, index) => copy === items[index]) ? items : copies;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError('Expected plain JSON data in a variable');
  let same = prototype !== null;
  const copy: Record<string, JsonValue> = {};
  for (const [key, item] of Object.entries(value)) {
    if (FORBIDDEN_NAMES.has(key) || item === undefined) {
      same = false;
      continue;
    }
    const clean = fromJson(item, depth + 1);
    if (clean !== item) same = false;
    copy[key] = clean;
  }
  return same ? value : copy;
}

/** A FEEL value as JSON, read by own properties only; what JSON cannot say becomes null and a warning. */
export function toJson(value: unknown, warnings: FeelWarning[]): JsonValue {
  let size = 0;
  const lost = (what: string): null => {
    warnings.push({ message: `${what} is not a JSON value and became null`, from: 0, to: 0 });
    return null;
  };
  const convert = (value: unknown, depth: number): JsonValue => {
    if (++size > SIZE_LIMIT || depth > DEPTH_LIMIT)
      throw new FeelRefusal('The result is too large or contains itself.');
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : lost(`The number ${value}`);
    if (Array.isArray(value)) return value.map((item) => convert(item, depth + 1));
    const text = temporalText(value);
    if (text !== undefined) return text;
    if (isFunctionOrRange(value) || typeof value !== 'object') return lost('A function or range');
    const copy: Record<string, JsonValue> = {};
    for (const [key, item] of Object.entries(value)) {
      if (!FORBIDDEN_NAMES.has(key)) copy[key] = convert(item, depth + 1);
    }
    return copy;
  };
  return convert(value, 0);
}
