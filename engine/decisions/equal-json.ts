import type { JsonValue } from '../json.ts';

/** Deep equality of JSON values; key order does not matter. */
export function equalJson(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item: JsonValue, index) => equalJson(item, b[index] as JsonValue));
  }
  const left = Object.entries(a as Readonly<Record<string, JsonValue>>);
  const right = b as Readonly<Record<string, JsonValue>>;
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => Object.hasOwn(right, key) && equalJson(value, right[key]!))
  );
}
