import type { CellState, FormError, FormField, JsonValue, RowState } from '#engine';

/** What one cell is drawn from. A new object only when something in it changed. */
export interface CellSnapshot extends Omit<CellState, 'rowStates'> {
  readonly errors: readonly FormError[];
}

export type RowValues = Readonly<Record<string, JsonValue>>;

/** Where a cell stands, whatever rows come and go above it. */
export interface CellAddress {
  readonly table: FormField;
  readonly rowId: string;
  readonly column: FormField;
}

interface RowView {
  readonly state: RowState;
  readonly typed: RowValues | undefined;
  readonly errors: readonly FormError[];
  /** Only those that were asked for: rows out of sight have none. */
  readonly cells: Map<string, CellSnapshot>;
}

interface TableUpdate {
  readonly states: readonly RowState[];
  /** As typed, by rowId. */
  readonly typed: ReadonlyMap<string, RowValues>;
  /** By rowId. */
  readonly errors: ReadonlyMap<string, readonly FormError[]>;
}

const NONE: readonly FormError[] = [];

/** The rows of one table as the screen draws them. A row that did not change costs a comparison of three references. */
export class RowViews {
  readonly #table: FormField;
  #rows: ReadonlyMap<string, RowView> = new Map();
  /** A new list only when rows came, went or moved. */
  rowIds: readonly string[] = [];
  /** Keys of columns that no row shows. */
  hidden: readonly string[] = [];

  constructor(table: FormField) {
    this.#table = table;
  }

  /** Takes over an evaluation; the paths of what must be drawn again: cells, columns (for totals) and, as '', the list of rows. */
  update({ states, typed, errors }: TableUpdate): ReadonlySet<string> {
    const changed = new Set<string>();
    const before = this.#rows;
    const rows = new Map<string, RowView>();
    for (const state of states) {
      const { rowId } = state;
      const known = before.get(rowId);
      const now = { state, typed: typed.get(rowId), errors: errors.get(rowId) ?? NONE };
      if (known && known.state === state && known.typed === now.typed && sameErrors(known.errors, now.errors)) {
        rows.set(rowId, known);
        continue;
      }
      rows.set(rowId, this.#redraw(known, now, changed));
    }
    this.#rows = rows;
    const rowIds = states.map(({ rowId }) => rowId);
    if (rowIds.length !== this.rowIds.length || rowIds.some((rowId, at) => rowId !== this.rowIds[at])) {
      this.rowIds = rowIds;
      changed.add('');
      for (const { column } of this.#table.table!.columns) changed.add(`-/${column!.key}`);
    }
    this.#updateHidden(changed);
    return changed;
  }

  has(rowId: string): boolean {
    return this.#rows.has(rowId);
  }

  cell(rowId: string, key: string): CellSnapshot | undefined {
    const row = this.#rows.get(rowId);
    if (!row) return undefined;
    const known = row.cells.get(key);
    if (known) return known;
    const made = this.#snapshot(row, key);
    row.cells.set(key, made);
    return made;
  }

  /** Errors of the row as a whole: those at none of its cells. */
  rowErrors(rowId: string): readonly FormError[] {
    return (this.#rows.get(rowId)?.errors ?? NONE).filter(({ path }) => path.split('/')[3] === undefined);
  }

  #redraw(known: RowView | undefined, now: Omit<RowView, 'cells'>, changed: Set<string>): RowView {
    const { rowId } = now.state;
    const cells = new Map<string, CellSnapshot>();
    const view = { ...now, cells };
    for (const { column } of this.#table.table!.columns) {
      const { key } = column!;
      if (known && !Object.is(known.state.cells[key]!.value, now.state.cells[key]!.value)) changed.add(`-/${key}`);
      const drawn = known?.cells.get(key);
      if (!drawn) continue;
      const next = this.#snapshot(view, key);
      const same = sameCell(drawn, next);
      cells.set(key, same ? drawn : next);
      if (!same) changed.add(`${rowId}/${key}`);
    }
    if (known && !sameErrors(known.errors, now.errors)) changed.add(rowId);
    return view;
  }

  #snapshot({ state, typed, errors }: Omit<RowView, 'cells'>, key: string): CellSnapshot {
    const cell = state.cells[key]!;
    const column = this.#table.table!.columns.find((one) => one.column!.key === key)!;
    const isTyped =
      !cell.readonly && column.rules.value === undefined && typed !== undefined && Object.hasOwn(typed, key);
    return {
      ...cell,
      value: isTyped ? typed[key] : cell.value,
      errors: errors.filter(({ path }) => path.split('/')[3] === key),
    };
  }

  #updateHidden(changed: Set<string>): void {
    const states = [...this.#rows.values()];
    const hidden = this.#table
      .table!.columns.map(({ column }) => column!.key)
      .filter((key) => states.length > 0 && states.every(({ state }) => !state.cells[key]!.visible));
    if (hidden.length === this.hidden.length && hidden.every((key, at) => key === this.hidden[at])) return;
    this.hidden = hidden;
    changed.add('');
  }
}

function sameCell(left: CellSnapshot, right: CellSnapshot): boolean {
  return (
    Object.is(left.value, right.value) &&
    left.visible === right.visible &&
    left.required === right.required &&
    left.readonly === right.readonly &&
    JSON.stringify(left.options) === JSON.stringify(right.options) &&
    sameErrors(left.errors, right.errors)
  );
}

export function sameErrors(left: readonly FormError[], right: readonly FormError[]): boolean {
  return (
    left.length === right.length &&
    left.every(
      (error, at) => error === right[at] || (error.path === right[at]!.path && error.message === right[at]!.message),
    )
  );
}
