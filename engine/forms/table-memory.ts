import type { JsonValue } from '../json.ts';
import type { RowValues } from './align-rows.ts';
import type { DecidedCells } from './decide-table.ts';
import type { FinishedRow } from './finish-table.ts';
import type { RuleMemory } from './form-rule-run.ts';

/** What is known of a table from the evaluation before: per row what came out, and what its rules read elsewhere. */
export interface TableMemory {
  rows: Map<string, RowMemory>;
  /** By step: what the rules read outside their row. */
  readonly outer: JsonValue[][];
  readonly finishedFrom: { draft?: readonly JsonValue[]; submit?: readonly JsonValue[] };
}

export interface RowMemory {
  readonly steps: (StepMemory | undefined)[];
  readonly rules: RuleMemory;
  readonly finished: { draft?: FinishedMemory; submit?: FinishedMemory };
}

interface StepMemory {
  readonly input: RowValues | undefined;
  readonly stored: RowValues | undefined;
  readonly before: DecidedCells;
  readonly cells: DecidedCells;
}

export interface FinishedMemory {
  readonly input: RowValues | undefined;
  readonly cells: DecidedCells;
  readonly index: number;
  readonly row: FinishedRow;
}

/**
 * Kept beside the memory of the form's rules (one per opened form, see RuleMemory), keyed by that memory: whoever throws it away
 * throws this away too.
 */
const memories = new WeakMap<RuleMemory, Map<string, TableMemory>>();

export function tableMemory(memory: RuleMemory | undefined, table: string): TableMemory {
  if (!memory) return newMemory();
  const tables = memories.get(memory) ?? new Map<string, TableMemory>();
  memories.set(memory, tables);
  const known = tables.get(table) ?? newMemory();
  tables.set(table, known);
  return known;
}

/** Rules run afresh from here on. */
export function forgetRules(memory: RuleMemory): void {
  memory.clear();
  memories.delete(memory);
}

function newMemory(): TableMemory {
  return { rows: new Map(), outer: [], finishedFrom: {} };
}
