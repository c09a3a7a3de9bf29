import { setImmediate as nextTurn } from 'node:timers/promises';
import { fieldLabel, initialValues, type JsonValue, type RegisterModel, type VariableMap } from '#engine';
import type { Language, RegisterImportReport } from '#contract';
import type { Executor } from '../../database/connect.ts';
import type { InputError } from '../../http/refused.ts';
import type { Definitions } from '../../runtime/definitions.ts';
import { checkRow } from '../check-row.ts';
import { findRows } from '../row-read-model.ts';
import type { RowToSave, SaveOutcome } from '../save-rows.ts';
import { cellValue } from './cell-value.ts';
import type { ColumnMapping } from './map-columns.ts';
import type { FileTable } from './read-table.ts';

/** A row of a file as it would be saved, or what is wrong with it by itself. */
export interface FileRow {
  readonly line: number;
  readonly cells: FileTable['rows'][number];
  readonly errors: readonly InputError[];
  readonly toSave: RowToSave | null;
}

/** Rows checked between two turns of the event loop: others have work for the server too. */
const TURN = 200;
const MOST_ERRORS = 100;

/** Checks every row of a file by itself: what the columns say over what is stored. Rows with one key are an error of the second. */
export async function judgeFile(
  executor: Executor,
  register: RegisterModel,
  parts: {
    readonly table: FileTable;
    readonly mapping: ColumnMapping;
    readonly definitions: Definitions;
    readonly language: Language;
    readonly now: number;
  },
): Promise<readonly FileRow[]> {
  const { table, mapping, language } = parts;
  const { form, keyField } = register;
  const inputs = table.rows.map((cells) => inputOf(register, mapping, cells));
  const keys = inputs.flatMap((input) => (typeof input[keyField] === 'string' ? [input[keyField]] : []));
  const stored = await findRows(executor, register.key, [...new Set(keys)]);
  const lineOf = new Map<string, number>();
  const judged: FileRow[] = [];
  for (const [index, input] of inputs.entries()) {
    if (index % TURN === TURN - 1) await nextTurn();
    const key = input[keyField];
    const row = typeof key === 'string' ? stored.get(key) : undefined;
    // A new row gets the defaults of the definition where the file says nothing.
    const before = row === undefined ? initialValues(form, {}, {}) : (row.content as VariableMap);
    const { values, errors } = checkRow(register, { input, stored: before }, parts);
    const found = [...errors];
    const rowKey = values[keyField];
    const line = table.lines[index]!;
    if (typeof rowKey === 'string' && errors.length === 0) {
      const earlier = lineOf.get(rowKey);
      if (earlier !== undefined) found.push(keyTwice(register, earlier, language));
      else lineOf.set(rowKey, line);
    }
    judged.push({
      line,
      cells: table.rows[index]!,
      errors: found,
      toSave: found.length > 0 ? null : { values, expected: 'any' },
    });
  }
  return judged;
}

function inputOf(
  { form }: RegisterModel,
  mapping: ColumnMapping,
  cells: FileTable['rows'][number],
): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    mapping.flatMap((name, column): [string, JsonValue][] => {
      const field = name === null ? undefined : form.fieldsByName.get(name);
      return field === undefined ? [] : [[field.name, cellValue(form, field, cells[column] ?? null)]];
    }),
  );
}

function keyTwice({ form, keyField }: RegisterModel, line: number, language: Language): InputError {
  const label = fieldLabel(form, language, form.fieldsByName.get(keyField)!);
  const message =
    language === 'ru'
      ? `«${label}»: в файле уже есть, строка ${line}.`
      : `“${label}”: in the file already, line ${line}.`;
  return { path: `/${keyField}`, keyword: 'unique', params: { line }, message };
}

/** The rows that cannot be taken, with why: those that are wrong by themselves, and those that others stand in the way of. */
export function badRows(rows: readonly FileRow[], outcomes: readonly SaveOutcome[]): readonly FileRow[] {
  let at = 0;
  return rows.flatMap((row): FileRow[] => {
    if (row.toSave === null) return [row];
    const outcome = outcomes[at];
    at += 1;
    return outcome?.kind === 'refused' ? [{ ...row, errors: outcome.errors }] : [];
  });
}

export function reportOf(
  parts: { readonly table: FileTable; readonly mapping: ColumnMapping; readonly applied: boolean },
  rows: readonly FileRow[],
  outcomes: readonly SaveOutcome[],
): RegisterImportReport {
  const { table, mapping, applied } = parts;
  const bad = badRows(rows, outcomes);
  const count = (kind: SaveOutcome['kind']): number => outcomes.filter((one) => one.kind === kind).length;
  const column = (path: string): number => mapping.indexOf(path.split('/')[1] ?? '');
  const text = (cell: FileTable['rows'][number][number] | undefined): string =>
    cell === null || cell === undefined ? '' : String(cell).slice(0, 100);
  return {
    applied,
    columns: table.headings.map((heading, index) => ({
      heading,
      field: mapping[index] ?? null,
      sample: table.rows.slice(0, 3).map((cells) => text(cells[index])),
    })),
    rows: rows.length,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    bad: bad.length,
    errors: bad
      .flatMap(({ line, cells, errors }) =>
        errors.map(({ path, message }) => ({
          line,
          field: path === '' ? null : (path.split('/')[1] ?? null),
          message,
          value: text(cells[column(path)]),
        })),
      )
      .slice(0, MOST_ERRORS),
  };
}
