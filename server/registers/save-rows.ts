import { fieldLabel, overlaps, rowTexts, sortText, type RegisterModel, type VariableMap } from '#engine';
import type { Language } from '#contract';
import type { Executor } from '../database/connect.ts';
import type { Transaction } from '../database/transaction.ts';
import { UnstorableText } from '../database/unstorable-text.ts';
import { insertRows, upsertRows } from '../database/write-rows.ts';
import type { InputError } from '../http/refused.ts';
import { BROKEN_LOOKUP, checkLookups, type LookupSurroundings } from './check-lookups.ts';
import { changeTable, rowTable, type ChangeOrigin, type FieldChange, type StoredRow } from './register-tables.ts';
import { findBySortValue, findRows, lastVersions } from './row-read-model.ts';

export interface RowToSave {
  readonly values: VariableMap;
  /** `new`: there must be no such row. A number: the version that the person saw. `any`: whatever is there. */
  readonly expected: 'new' | 'any' | number;
}

export type SaveOutcome =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly row: StoredRow }
  | { readonly kind: 'refused'; readonly errors: readonly InputError[] }
  /** Somebody was faster: the row as it is now, or null when it is gone. */
  | { readonly kind: 'conflict'; readonly row: StoredRow | null };

export interface SaveRequest extends LookupSurroundings {
  readonly register: RegisterModel;
  /** Checked by `checkRow`. */
  readonly rows: readonly RowToSave[];
  readonly by: string | null;
  readonly origin: ChangeOrigin;
  readonly language: Language;
  /** `none`: one row that cannot be saved keeps all from being saved. */
  readonly whenSomeFail: 'none' | 'good';
}

/**
 * Saves rows with what changed in them, in one statement per table and lot. Every rule that needs other rows is checked inside the
 * transaction that writes: keys, unique fields, references, periods that overlap. @returns one outcome per row, in their order
 */
export async function saveRows(tx: Transaction, request: SaveRequest): Promise<readonly SaveOutcome[]> {
  const { stored, outcomes } = await judgeRows(tx, request);
  const failed = outcomes.some(({ kind }) => kind === 'refused' || kind === 'conflict');
  if (failed && request.whenSomeFail === 'none') return outcomes;
  const written = outcomes.flatMap((one): Written[] =>
    one.kind === 'created' || one.kind === 'updated' ? [{ kind: one.kind, row: one.row }] : [],
  );
  for (let at = 0; at < written.length; at += LOT)
    await writeLot(tx, { ...request, stored, written: written.slice(at, at + LOT) });
  return outcomes;
}

/** Rows of one statement: its parameter is one JSON text. */
const LOT = 2_000;

/** What would become of rows if they were saved. */
export async function judgeRows(
  executor: Executor,
  request: SaveRequest,
): Promise<{ readonly stored: ReadonlyMap<string, StoredRow>; readonly outcomes: readonly SaveOutcome[] }> {
  const { register, rows, by, now } = request;
  const texts = rows.map(({ values }) => rowTexts(register, values));
  const keys = texts.map(({ rowKey }) => rowKey);
  const stored = await findRows(executor, register.key, keys, 'lock');
  const gone = await lastVersions(
    executor,
    register.key,
    keys.filter((key) => !stored.has(key)),
  );
  const problems = await problemsAmongRows(executor, { ...request, stored, keys });
  const outcomes = rows.map(({ values, expected }, index): SaveOutcome => {
    const { rowKey, label, search, sortValues } = texts[index]!;
    const before = stored.get(rowKey);
    refuseUnstorable(values);
    if (typeof expected === 'number' && before?.version !== expected) return { kind: 'conflict', row: before ?? null };
    if (expected === 'new' && before !== undefined) return { kind: 'refused', errors: [keyTaken(request, rowKey)] };
    const errors = problems[index]!;
    if (errors.length > 0) return { kind: 'refused', errors };
    const changed = before === undefined || changesBetween(register, before.content as VariableMap, values).length > 0;
    const version = before === undefined ? (gone.get(rowKey) ?? 0) + 1 : before.version + (changed ? 1 : 0);
    const row: StoredRow = {
      register_key: register.key,
      row_key: rowKey,
      version,
      content: values,
      sort_values: sortValues,
      label,
      search,
      created_at: before?.created_at ?? now,
      updated_at: changed ? now : before.updated_at,
      updated_by: changed ? by : before.updated_by,
    };
    return { kind: before === undefined ? 'created' : changed ? 'updated' : 'unchanged', row };
  });
  return { stored, outcomes };
}

async function writeLot(
  tx: Transaction,
  lot: SaveRequest & { readonly stored: ReadonlyMap<string, StoredRow>; readonly written: readonly Written[] },
): Promise<void> {
  const { register, written, stored, now, by, origin } = lot;
  await insertOrUpdate(tx, written);
  await insertRows(
    tx,
    changeTable,
    written.map(({ kind, row }) => ({
      register_key: register.key,
      row_key: row.row_key,
      version: row.version,
      kind,
      changes: changesBetween(
        register,
        (stored.get(row.row_key)?.content ?? {}) as VariableMap,
        row.content as VariableMap,
      ),
      changed_at: now,
      changed_by: by,
      origin,
    })),
  );
}

interface Written {
  readonly kind: 'created' | 'updated';
  readonly row: StoredRow;
}

/** A new row is inserted plainly, so that two people who create the same one at once do not overwrite each other. */
async function insertOrUpdate(tx: Transaction, written: readonly Written[]): Promise<void> {
  const rowsOf = (wanted: string): readonly StoredRow[] =>
    written.flatMap(({ kind, row }) => (kind === wanted ? [row] : []));
  await insertRows(tx, rowTable, rowsOf('created'));
  await upsertRows(tx, rowTable, rowsOf('updated'));
}

/** The fields in which two versions of a row differ, in the order of the definition. */
export function changesBetween(
  { form }: RegisterModel,
  before: VariableMap,
  after: VariableMap,
): readonly FieldChange[] {
  const names = [...new Set([...form.fields.map(({ name }) => name), ...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((field) => {
    const [from, to] = [before[field] ?? null, after[field] ?? null];
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to }];
  });
}

type AmongRows = SaveRequest & { readonly stored: ReadonlyMap<string, StoredRow>; readonly keys: readonly string[] };

async function problemsAmongRows(tx: Executor, request: AmongRows): Promise<readonly InputError[][]> {
  const problems = request.rows.map((): InputError[] => []);
  await findTakenValues(tx, request, problems);
  await findOverlaps(tx, request, problems);
  await findBrokenLookups(tx, request, problems);
  return problems;
}

async function findTakenValues(tx: Executor, request: AmongRows, problems: InputError[][]): Promise<void> {
  const { register, rows, keys } = request;
  for (const field of register.unique) {
    const sortValues = rows.map(({ values }) => sortText(values[field]));
    const filled = sortValues.filter((value) => value !== '');
    const holders = await findBySortValue(tx, { registerKey: register.key, field, sortValues: filled });
    const holderOf = new Map(
      holders.map((row) => [(row.sort_values as Readonly<Record<string, string>>)[field], row.row_key]),
    );
    sortValues.forEach((value, index) => {
      const holder = holderOf.get(value);
      if (value === '') return;
      if (holder !== undefined && holder !== keys[index])
        problems[index]!.push(
          errorAt(request, field, 'unique', [
            `такое значение уже есть в строке «${holder}»`,
            `the row "${holder}" has this value`,
          ]),
        );
      else holderOf.set(value, keys[index]!);
    });
  }
}

async function findOverlaps(tx: Executor, request: AmongRows, problems: InputError[][]): Promise<void> {
  const { register, rows, keys, stored } = request;
  const { effective } = register;
  if (effective === undefined) return;
  const [first] = effective.within;
  const sortValues = rows.map(({ values }) => sortText(values[first!]));
  const near = await findBySortValue(tx, { registerKey: register.key, field: first!, sortValues });
  // By what they are priced for: a file of 50,000 rows compared each with each would hold the server for minutes.
  const groups = new Map<string, Map<string, VariableMap>>();
  const groupOf = (values: VariableMap): Map<string, VariableMap> => {
    const within = JSON.stringify(effective.within.map((name) => values[name] ?? null));
    const group = groups.get(within) ?? new Map<string, VariableMap>();
    groups.set(within, group);
    return group;
  };
  for (const { row_key, content } of near) groupOf(content as VariableMap).set(row_key, content as VariableMap);
  rows.forEach(({ values }, index) => {
    const group = groupOf(values);
    for (const [key, other] of group) {
      if (key === keys[index] || !overlaps(register, values, other)) continue;
      problems[index]!.push(
        errorAt(request, effective.from, 'overlap', [
          `срок действия пересекается со строкой «${key}», закройте её раньше`,
          `the period overlaps the row "${key}", end that one earlier`,
        ]),
      );
      break;
    }
    const before = stored.get(keys[index]!);
    if (before !== undefined) groupOf(before.content as VariableMap).delete(keys[index]!);
    group.set(keys[index]!, values);
  });
}

async function findBrokenLookups(tx: Executor, request: AmongRows, problems: InputError[][]): Promise<void> {
  const { register, rows, keys, stored, definitions, now } = request;
  const fields = register.form.fields.filter(({ kind }) => kind === 'reference');
  // What stands there already was right once; an old row must stay editable after what it names is gone.
  const lookups = rows.flatMap(({ values }, index) =>
    fields.flatMap((field) => {
      const value = values[field.name];
      const before = (stored.get(keys[index]!)?.content as VariableMap | undefined)?.[field.name];
      return value === undefined || value === before ? [] : [{ field, value, form: values, index }];
    }),
  );
  const coming = { registerKey: register.key, rowKeys: new Set(keys) };
  const broken = await checkLookups(tx, lookups, { definitions, now, coming });
  broken.forEach((what, at) => {
    const { field, index } = lookups[at]!;
    if (what !== null) problems[index]!.push(errorAt(request, field.name, 'options', BROKEN_LOOKUP[what]));
  });
}

function keyTaken(request: SaveRequest, rowKey: string): InputError {
  return errorAt(request, request.register.keyField, 'unique', [
    `строка «${rowKey}» уже есть, откройте её`,
    `the row "${rowKey}" is there already, open it`,
  ]);
}

function errorAt(
  { register, language }: Pick<SaveRequest, 'register' | 'language'>,
  name: string,
  keyword: string,
  [ru, en]: readonly [string, string],
): InputError {
  const field = register.form.fieldsByName.get(name)!;
  const label = fieldLabel(register.form, language, field);
  const message = language === 'ru' ? `«${label}»: ${ru}.` : `“${label}”: ${en}.`;
  return { path: `/${name}`, keyword, params: {}, message };
}

/** JSON hides these characters behind escapes, and PostgreSQL would refuse them only when it reads the JSON for an index. */
function refuseUnstorable(values: VariableMap): void {
  const texts = Object.values(values).flatMap((value) =>
    Array.isArray(value) ? (value as readonly unknown[]) : [value],
  );
  if (texts.some((text) => typeof text === 'string' && /\u0000|\p{Surrogate}/u.test(text)))
    throw new UnstorableText('register_row', 'content');
}
