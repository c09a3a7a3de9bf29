import type { FeelRun } from '../compiler/feel-run.ts';
import { isNumber, textOfNumber } from './decimal.ts';
import { FeelFunction, FeelRange, isList, keysOf, type FeelValue } from './feel-value.ts';
import { TemporalValue } from './temporal.ts';
import { textOfTemporal } from './temporal-text.ts';

/** `string(value)` (DMN 1.5 §10.3.4.1): a string is itself, other values as FEEL writes them. */
export function textOf(value: FeelValue, run: FeelRun): string {
  if (typeof value === 'string') return value;
  return literalOf(value, run, 0);
}

function literalOf(value: FeelValue, run: FeelRun, depth: number): string {
  run.spend(1 + depth);
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  if (typeof value === 'boolean') return String(value);
  if (isNumber(value)) return textOfNumber(value);
  if (value instanceof TemporalValue) return textOfTemporal(value);
  if (isList(value)) return `[${value.map((item) => literalOf(item, run, depth + 1)).join(', ')}]`;
  if (value instanceof FeelRange) return rangeText(value, run, depth);
  if (value instanceof FeelFunction) return `function(${value.parameters.map(({ name }) => name).join(', ')})`;
  const context = value;
  const entries = keysOf(context).map((key) => `${keyText(key)}: ${literalOf(context[key]!, run, depth + 1)}`);
  return `{${entries.join(', ')}}`;
}

function keyText(key: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(key) ? key : `"${key.replace(/["\\]/g, '\\$&')}"`;
}

function rangeText(range: FeelRange, run: FeelRun, depth: number): string {
  const bound = (value: FeelValue | undefined): string =>
    value === undefined || value === null ? '' : literalOf(value, run, depth + 1);
  if (range.start === undefined) return `${range.endIncluded ? '<=' : '<'}${bound(range.end)}`;
  if (range.end === undefined) return `${range.startIncluded ? '>=' : '>'}${bound(range.start)}`;
  return `${range.startIncluded ? '[' : '('}${bound(range.start)}..${bound(range.end)}${range.endIncluded ? ']' : ')'}`;
}
