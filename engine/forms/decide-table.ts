import type { JsonValue } from '../json.ts';
import { alignRows, ROW_ID, type AlignedRow, type RowValues } from './align-rows.ts';
import { decideField } from './decide-field.ts';
import type { FormField, FormRule } from './form-definition.ts';
import { sameJson, type FormRuleRun, type RowScope, type TableView } from './form-rule-run.ts';
import type { RuleInput } from './rule-names.ts';
import type { RowMemory, TableMemory } from './table-memory.ts';
import { accessTo, type FieldAccess, type TaskBinding } from './task-binding.ts';

export interface DecidedCell {
  readonly visible: boolean;
  readonly locked: boolean;
  readonly value: JsonValue | undefined;
}

export type DecidedCells = Readonly<Record<string, DecidedCell>>;

/** A row while the form is being evaluated: its cells grow with every step that decides columns of its table. */
export interface DecidedRow extends AlignedRow {
  readonly cells: DecidedCells;
  readonly memory: RowMemory;
}

interface TableOpening {
  readonly table: FormField;
  readonly binding: TaskBinding;
  /** The table's own `x-visible` and `x-readonly`, decided before. */
  readonly visible: boolean;
  readonly locked: boolean;
  /** undefined = nothing was sent. */
  readonly input: unknown;
  readonly stored: JsonValue | undefined;
  readonly memory: TableMemory;
}

const NO_CELLS: DecidedCells = {};
const NO_VALUES: RowValues = {};

/**
 * One table of one evaluation. Cells are decided column by column as the dependencies ask, all rows of a step together. A row whose
 * values did not change, under rules whose other inputs did not change, is taken over as it was: a key stroke costs the row typed in,
 * whatever the number of rows.
 */
export class TableDecision implements TableView {
  readonly table: FormField;
  readonly visible: boolean;
  /** Rows can be neither added nor removed. */
  readonly fixed: boolean;
  /** What the person sent is no list, or one too long to look at. */
  readonly refusal: 'type' | 'maxItems' | undefined;
  readonly accesses: ReadonlyMap<string, FieldAccess>;
  readonly memory: TableMemory;
  readonly #locked: boolean;
  readonly #columns = new Map<string, readonly JsonValue[]>();
  #rows: readonly DecidedRow[];
  #step = 0;

  constructor({ table, binding, visible, locked, input, stored, memory }: TableOpening) {
    this.table = table;
    this.visible = visible;
    this.memory = memory;
    this.#locked = locked || table.readOnly;
    this.fixed = this.#locked || !accessTo(table, binding).writable;
    this.accesses = new Map(table.table!.columns.map((column) => [column.column!.key, accessTo(column, binding)]));
    const sent = this.writable ? (input ?? undefined) : undefined;
    this.refusal = refusalOf(sent, table.limits.maxItems);
    const cleared = this.writable && input === null;
    const rows = alignRows({
      input: this.refusal ? [] : cleared ? [] : (sent as readonly unknown[] | undefined),
      stored,
      fixed: this.fixed,
    });
    const before = memory.rows;
    memory.rows = new Map();
    this.#rows = rows.map((row) => {
      const known = before.get(row.rowId) ?? { steps: [], rules: new Map(), finished: {} };
      memory.rows.set(row.rowId, known);
      return { ...row, cells: NO_CELLS, memory: known };
    });
  }

  /** Does the person write anything in this table? */
  get writable(): boolean {
    return !this.#locked && (!this.fixed || [...this.accesses.values()].some(({ writable }) => writable));
  }

  get decided(): readonly DecidedRow[] {
    return this.#rows;
  }

  /** Decides these columns in every row. */
  decideColumns(columns: readonly FormField[], run: FormRuleRun): void {
    const step = this.#step;
    const outer = [this.#locked, ...run.inputsOf(outerInputs(columns), undefined)];
    const sameOuter = sameJson(this.memory.outer[step], outer);
    this.memory.outer[step] = outer;
    this.#rows = this.#rows.map((row) => {
      const known = row.memory.steps[step];
      const same =
        sameOuter && known?.input === row.input && known?.stored === row.stored && known?.before === row.cells;
      if (known && same) return { ...row, cells: known.cells };
      const cells = this.#decideCells(columns, row, run);
      row.memory.steps[step] = { input: row.input, stored: row.stored, before: row.cells, cells };
      return { ...row, cells };
    });
    this.#step += 1;
    this.#columns.clear();
  }

  scopeOf(row: DecidedRow, cells: DecidedCells = row.cells): RowScope {
    return {
      cell: (key) => seen(cells[key]),
      whole: () => ({
        [ROW_ID]: row.rowId,
        ...Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, seen(cell)])),
      }),
      memory: row.memory.rules,
    };
  }

  rows(): JsonValue {
    return this.visible ? this.#rows.map((row) => this.scopeOf(row).whole()) : null;
  }

  column(key: string): readonly JsonValue[] {
    if (!this.visible) return [];
    let values = this.#columns.get(key);
    if (!values) {
      values = this.#rows.map((row) => seen(row.cells[key])).filter((value) => value !== null);
      this.#columns.set(key, values);
    }
    return values;
  }

  #decideCells(columns: readonly FormField[], row: DecidedRow, run: FormRuleRun): DecidedCells {
    const cells: Record<string, DecidedCell> = { ...row.cells };
    const scope = this.scopeOf(row, cells);
    for (const column of columns) {
      const { key } = column.column!;
      cells[key] = decideField(column, {
        fixed: this.#locked || !this.accesses.get(key)!.writable,
        input: row.input ?? NO_VALUES,
        stored: row.stored ?? NO_VALUES,
        key,
        run,
        row: scope,
      });
    }
    return cells;
  }
}

function seen(cell: DecidedCell | undefined): JsonValue {
  return cell?.visible ? (cell.value ?? null) : null;
}

function refusalOf(sent: unknown, maxItems = Infinity): TableDecision['refusal'] {
  if (sent === undefined || sent === '') return undefined;
  if (!Array.isArray(sent)) return 'type';
  return sent.length > maxItems ? 'maxItems' : undefined;
}

const known = new WeakMap<readonly FormField[], readonly RuleInput[]>();

/** What the rules that decide these columns read outside their row. */
function outerInputs(columns: readonly FormField[]): readonly RuleInput[] {
  let inputs = known.get(columns);
  if (!inputs) {
    inputs = inputsOutside(columns.flatMap(({ rules }) => [rules.visible, rules.readonly, rules.value]));
    known.set(columns, inputs);
  }
  return inputs;
}

/** Inputs of the rules that do not come from their own row. */
export function inputsOutside(rules: readonly (FormRule | undefined)[]): readonly RuleInput[] {
  const inputs = rules.flatMap((rule) => rule?.inputs ?? []);
  return inputs.filter(({ source }) => source.kind !== 'cell' && source.kind !== 'row');
}
