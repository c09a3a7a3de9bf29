import { Decimal } from './decimal.ts';
import { FeelRange, type FeelValue } from './feel-value.ts';
import { FeelDateTime, FeelTime } from './temporal.ts';

/** Asking for the rules of a zone takes 5–10 µs. */
const ZONE_COST = 300;
/** A number of many digits is added or divided in 1–2 µs. */
const DIGITS_COST = 25;

/** What one look at a value costs beyond the node that asks for it, in fuel (10–50 ns each). */
export function costOf(value: FeelValue | undefined): number {
  if (typeof value !== 'object') return typeof value === 'string' ? value.length / 32 : 0;
  if (value instanceof Decimal) return DIGITS_COST;
  if (value instanceof FeelDateTime || value instanceof FeelTime) return typeof value.zone === 'string' ? ZONE_COST : 4;
  return value instanceof FeelRange ? 2 + costOf(value.start) + costOf(value.end) : 0;
}
