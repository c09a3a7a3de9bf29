import { newRow, ROW_ID, type FormField, type JsonValue, type TaskBinding } from '#engine';
import type { RowValues } from './row-views.ts';

/** What a person does to the rows of a table; pure, so that undo is the list before. */
export interface NewRows {
  readonly table: FormField;
  readonly binding: TaskBinding;
}

/** Random, not counted: two people may add a row to two drafts of the same table. */
export function newRowId(): string {
  // Not randomUUID: the portal may be opened over plain HTTP in a local network, where it is missing.
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `r${[...bytes].map((byte) => byte.toString(36).padStart(2, '0')).join('')}`;
}

export function emptyRow({ table, binding }: NewRows, values: RowValues = {}): RowValues {
  return { ...newRow(table.table!, binding, newRowId()), ...values };
}

/** After the row named, or at the end. */
export function insertRow(rows: readonly RowValues[], row: RowValues, after?: string): readonly RowValues[] {
  const at = after === undefined ? -1 : rows.findIndex((one) => one[ROW_ID] === after);
  return at === -1 ? [...rows, row] : [...rows.slice(0, at + 1), row, ...rows.slice(at + 1)];
}

/** A copy of what was typed; files are not copied, they belong to the work they show. */
export function duplicateRow(rows: readonly RowValues[], rowId: string, table: FormField): readonly RowValues[] {
  const row = rows.find((one) => one[ROW_ID] === rowId);
  if (!row) return rows;
  const files = table.table!.columns.filter(({ kind }) => kind === 'files').map(({ column }) => column!.key);
  const kept = Object.entries(row).filter(([key]) => !files.includes(key));
  return insertRow(rows, { ...Object.fromEntries(kept), [ROW_ID]: newRowId() }, rowId);
}

export function removeRow(rows: readonly RowValues[], rowId: string): readonly RowValues[] {
  return rows.filter((row) => row[ROW_ID] !== rowId);
}

/** Pasted values over the rows from `from` on; what goes beyond the last row makes new ones, where rows may be added. */
export function pasteRows(
  rows: readonly RowValues[],
  pasted: readonly Readonly<Record<string, JsonValue>>[],
  {
    from,
    may,
    make,
  }: { readonly from: number; readonly may: boolean; readonly make: (values: RowValues) => RowValues },
): readonly RowValues[] {
  const over = rows.map((row, index) => ({ ...row, ...pasted[index - from] }));
  const beyond = may ? pasted.slice(Math.max(0, rows.length - from)) : [];
  return [...over, ...beyond.map(make)];
}
