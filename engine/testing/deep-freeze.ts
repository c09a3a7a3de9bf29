import { Table } from '../table.ts';

/** Freezes a value with everything in it, rows of tables and values of maps included; writing to it then throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map || value instanceof Table) {
    for (const inner of value.values()) deepFreeze(inner);
    return value;
  }
  if (Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
