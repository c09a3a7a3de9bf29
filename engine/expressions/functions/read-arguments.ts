import { FeelRefusal } from '../own-function.ts';
import { textOfTemporal } from '../values/temporal-text.ts';
import { TemporalValue } from '../values/temporal.ts';

/** How our functions that take more than one kind of value read their arguments. */

export function isNull(value: unknown): boolean {
  return value === null || value === undefined;
}

export function shown(value: unknown): string {
  return value instanceof TemporalValue ? textOfTemporal(value) : String(value);
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new FeelRefusal(`Expected the id of a calendar in quotes, got ${String(value)}.`);
}

export function wholeNumber(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new FeelRefusal(`Expected a whole number, got ${String(value)}.`);
}
