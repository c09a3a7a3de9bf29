import { equalityValuesOf } from '../expressions/run.ts';
import { isNumber, toDouble } from '../expressions/values/decimal.ts';
import type { FeelValue } from '../expressions/values/feel-value.ts';
import type { DecisionTable } from './decision-model.ts';

/** Rules that may match, by the value of a column: those whose cell lists it, and those whose cell admits anything. */
interface ColumnIndex {
  readonly column: number;
  readonly byValue: ReadonlyMap<string | number | boolean, readonly number[]>;
  readonly others: readonly number[];
}

/** Smaller tables are scanned as fast as they are looked up. */
const SMALL_TABLE = 32;

const indexes = new WeakMap<DecisionTable, readonly ColumnIndex[]>();

/**
 * Zero-based places of the rules worth trying, in order; null for all of them. Columns whose cells are all `-` or lists of
 * literals are indexed when a table is first evaluated: a tariff table of 10,000 rows with such a column is not scanned.
 */
export function candidateRules(table: DecisionTable, inputs: readonly FeelValue[]): readonly number[] | null {
  if (table.rules.length < SMALL_TABLE) return null;
  let known = indexes.get(table);
  if (known === undefined) {
    known = table.inputs.flatMap((_, column) => indexOf(table, column) ?? []);
    indexes.set(table, known);
  }
  let best: readonly number[] | null = null;
  for (const { column, byValue, others } of known) {
    const input = inputs[column]!;
    // Lists and contexts may match in other ways than by equality with a literal.
    if (input !== null && typeof input === 'object' && !isNumber(input)) continue;
    const key = isNumber(input) ? toDouble(input) : input;
    const rules = (key === null ? undefined : byValue.get(key)) ?? others;
    if (best === null || rules.length < best.length) best = rules;
  }
  return best;
}

function indexOf(table: DecisionTable, column: number): ColumnIndex | null {
  const byValue = new Map<string | number | boolean, number[]>();
  const others: number[] = [];
  const cells = table.rules.map((rule) => equalityValuesOf(rule.inputEntries[column]!));
  if (cells.every((cell) => cell === 'any') || cells.includes(null)) return null;
  for (const cell of cells) if (cell !== 'any') for (const value of cell!) byValue.set(value, []);
  for (const [index, cell] of cells.entries()) {
    if (cell === 'any') {
      others.push(index);
      for (const rules of byValue.values()) rules.push(index);
    } else for (const value of new Set(cell)) byValue.get(value)!.push(index);
  }
  return { column, byValue, others };
}
