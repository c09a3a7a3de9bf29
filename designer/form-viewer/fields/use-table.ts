import { fieldLabel, ROW_ID, type FormField, type TableOptions } from '#engine';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { useForm } from '../form-context.ts';
import type { RowValues } from '../row-views.ts';
import { duplicateRow, emptyRow, insertRow, removeRow } from '../table-edits.ts';

/** What a table on the screen can do, and how its last deed is undone. */
export interface TableActs {
  readonly add: (after?: string) => string;
  readonly duplicate: (rowId: string) => void;
  readonly remove: (rowId: string) => void;
  readonly replace: (rows: readonly RowValues[], words: string) => void;
  readonly undo: (() => void) | undefined;
  /** What was done last, in words; undefined once it cannot be undone any more. */
  readonly told: string | undefined;
}

export interface TableView {
  readonly table: FormField;
  readonly options: TableOptions | undefined;
  readonly rowIds: readonly string[];
  /** Shown ones, in order. */
  readonly columns: readonly FormField[];
  /** Rows can be neither added nor removed. */
  readonly fixed: boolean;
  readonly full: boolean;
}

export function useTableView(table: FormField, options: TableOptions | undefined): TableView {
  const { store, readOnly } = useForm();
  const snapshot = useSyncExternalStore(
    (listener) => store.subscribe(table.path, listener),
    () => store.field(table.path),
  );
  const { rowIds, hidden } = snapshot.table!;
  const columns = useMemo(
    () => table.table!.columns.filter(({ column }) => !hidden.includes(column!.key)),
    [table, hidden],
  );
  const fixed = snapshot.readonly || readOnly;
  return { table, options, rowIds, columns, fixed, full: rowIds.length >= (table.limits.maxItems ?? Infinity) };
}

interface Deed {
  readonly words: string;
  readonly before: readonly RowValues[];
  readonly after: readonly RowValues[];
}

export function useTableActs(
  table: FormField,
  words: { readonly removed: (row: number) => string; readonly duplicated: (row: number) => string },
): TableActs {
  const { store } = useForm();
  const { binding } = store.setting;
  const [deed, setDeed] = useState<Deed | undefined>(undefined);
  const rows = (): readonly RowValues[] => store.rows(table);
  const replace = (after: readonly RowValues[], told: string): void => {
    setDeed({ words: told, before: rows(), after });
    store.changeRows(table, after);
  };
  const numberOf = (rowId: string): number => rows().findIndex((row) => row[ROW_ID] === rowId) + 1;
  return {
    add: (after) => {
      const row = emptyRow({ table, binding });
      setDeed(undefined);
      store.changeRows(table, insertRow(rows(), row, after));
      return row[ROW_ID] as string;
    },
    duplicate: (rowId) => replace(duplicateRow(rows(), rowId, table), words.duplicated(numberOf(rowId))),
    remove: (rowId) => replace(removeRow(rows(), rowId), words.removed(numberOf(rowId))),
    replace,
    told: deed?.words,
    undo:
      deed &&
      (() => {
        store.changeRows(table, undone(rows(), deed));
        setDeed(undefined);
      }),
  };
}

/** Rows that came or went with the deed go or come back; what was typed in others meanwhile stays. */
function undone(now: readonly RowValues[], { before, after }: Deed): readonly RowValues[] {
  const current = new Map(now.map((row) => [row[ROW_ID], row]));
  const done = new Map(after.map((row) => [row[ROW_ID], row]));
  const known = new Set(before.map((row) => row[ROW_ID]));
  const back = before.flatMap((row) => {
    const { [ROW_ID]: rowId } = row;
    const live = current.get(rowId);
    if (live === undefined) return done.has(rowId) ? [] : [row];
    // Changed by the deed itself (a paste) and not touched since.
    return [live === done.get(rowId) ? row : live];
  });
  const added = now.filter((row) => !known.has(row[ROW_ID]) && !done.has(row[ROW_ID]));
  return [...back, ...added];
}

export function useColumnLabel(): (column: FormField) => string {
  const { form, language } = useForm();
  return (column) => fieldLabel(form, language, column);
}
