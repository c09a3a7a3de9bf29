import type { JsonValue } from '../json.ts';
import { checkField, oversize, type JudgedValue } from './check-field.ts';
import type { CellState, RowState } from './decided-field.ts';
import { inputsOutside, type DecidedRow, type TableDecision } from './decide-table.ts';
import { readOptions } from './field-options.ts';
import type { FormField } from './form-definition.ts';
import { DRAFT_KEYWORDS, type Finding, type FormError, type IgnoredKey } from './form-error.ts';
import { sameJson, type FormRuleRun } from './form-rule-run.ts';
import type { OtherValue } from './kinds/kind-definition.ts';
import { ROW_ID, type RowValues } from './align-rows.ts';
import type { RuleInput } from './rule-names.ts';
import type { SchemaError, SchemaValidator } from './schema-validator.ts';

export type EvaluationMode = 'draft' | 'submit';

/** A row of which everything is known. */
export interface FinishedRow {
  readonly state: RowState;
  /** What the person may see. */
  readonly data: RowValues;
  /** What the act keeps: on submit the whole row, hidden values left out and foreign ones restored; in a draft what was typed. */
  readonly kept: RowValues;
  readonly errors: readonly FormError[];
  readonly ignored: readonly IgnoredKey[];
}

interface Finishing {
  readonly mode: EvaluationMode;
  readonly run: FormRuleRun;
  readonly validate: SchemaValidator;
  readonly word: (finding: Finding) => FormError;
}

/** A row under judgement, before the validator has spoken. */
interface PendingRow {
  readonly row: DecidedRow;
  readonly index: number;
  readonly state: RowState;
  readonly judged: readonly JudgedValue[];
  readonly oversized: ReadonlyMap<string, Finding>;
}

/** After all values of the form are known: states, errors and what is kept of each row. Rows that did not change are taken over. */
export function finishTable(decision: TableDecision, finishing: Finishing): readonly FinishedRow[] {
  const { mode, run } = finishing;
  const outer = [decision.visible, ...run.inputsOf(lateInputs(decision.table))];
  const sameOuter = sameJson(decision.memory.finishedFrom[mode], outer);
  decision.memory.finishedFrom[mode] = outer;
  const finished: FinishedRow[] = [];
  const pending: PendingRow[] = [];
  decision.decided.forEach((row, index) => {
    const known = row.memory.finished[mode];
    const same = sameOuter && known && known.index === index && known.cells === row.cells && known.input === row.input;
    if (same && !row.malformed) finished[index] = known.row;
    else pending.push(prepare(decision, row, { ...finishing, index }));
  });
  const schemaErrors = validateRows(decision.table, pending, finishing.validate);
  for (const one of pending) {
    const { row, index } = one;
    const findings = judge(decision, one, { ...finishing, schemaErrors });
    const done: FinishedRow = {
      state: one.state,
      data: dataOf(decision, row, mode),
      kept: mode === 'submit' ? writtenRow(decision, row) : typedRow(decision, row),
      errors: findings
        .filter(({ keyword }) => mode === 'submit' || DRAFT_KEYWORDS.includes(keyword))
        .map((finding) => finishing.word(finding)),
      ignored: ignoredCells(decision, row, index),
    };
    row.memory.finished[mode] = { input: row.input, cells: row.cells, index, row: done };
    finished[index] = done;
  }
  return finished;
}

function prepare(
  decision: TableDecision,
  row: DecidedRow,
  { run, mode, index }: Finishing & { readonly index: number },
): PendingRow {
  const scope = decision.scopeOf(row);
  const cells: Record<string, CellState> = {};
  const judged: JudgedValue[] = [];
  const oversized = new Map<string, Finding>();
  for (const column of decision.table.table!.columns) {
    const { key } = column.column!;
    const { visible, locked, value } = row.cells[key]!;
    const access = decision.accesses.get(key)!;
    const shown = visible && access.readable;
    const required =
      shown &&
      !locked &&
      (column.required ||
        access.requiredHere ||
        (column.rules.required !== undefined && run.isTrue(column.rules.required, scope)));
    const { options } = column.rules;
    cells[key] = {
      visible: shown,
      required,
      readonly: locked,
      value: shown || mode === 'draft' ? value : undefined,
      ...(options && { options: readOptions(run.value(options, scope)) }),
    };
    const counts = access.readable && (visible || mode === 'draft') && (column.rules.value !== undefined || !locked);
    if (!counts || value === undefined || !(decision.visible || mode === 'draft')) continue;
    const path = `${decision.table.path}/${index}/${key}`;
    const tooBig = oversize({ field: column, path, value });
    if (tooBig) oversized.set(key, tooBig);
    else judged.push({ field: column, path, value });
  }
  return { row, index, state: { rowId: row.rowId, cells }, judged, oversized };
}

/** One call for all rows that are new or changed; errors by the path of the cell. */
function validateRows(
  table: FormField,
  pending: readonly PendingRow[],
  validate: SchemaValidator,
): ReadonlyMap<string, readonly SchemaError[]> {
  const rows = pending.map(({ judged }) =>
    Object.fromEntries(judged.map(({ field, value }) => [field.column!.key, value])),
  );
  const found = new Map<string, SchemaError[]>();
  if (rows.length === 0 || validate({ [table.name]: rows })) return found;
  for (const error of validate.errors ?? []) {
    const [, , place, key, ...inside] = error.instancePath.split('/');
    const path = `${table.path}/${pending[Number(place)]!.index}/${key}`;
    const instancePath = [path, ...inside].join('/');
    found.set(path, [...(found.get(path) ?? []), { ...error, instancePath }]);
  }
  return found;
}

function judge(
  decision: TableDecision,
  { row, index, state, judged, oversized }: PendingRow,
  { run, mode, schemaErrors }: Finishing & { readonly schemaErrors: ReadonlyMap<string, readonly SchemaError[]> },
): readonly Finding[] {
  const { table } = decision;
  const path = `${table.path}/${index}`;
  if (mode === 'submit' && !decision.visible) return [];
  if (row.malformed) return [{ path, keyword: 'type', params: { type: 'object' } }];
  const byKey = new Map(judged.map((value) => [value.field.column!.key, value]));
  const scope = decision.scopeOf(row);
  const other: OtherValue = (key) => (row.cells[key]?.visible ? row.cells[key].value : undefined);
  const wrong = new Set<string>();
  const findings = table.table!.columns.flatMap((column): readonly Finding[] => {
    const { key } = column.column!;
    const tooBig = oversized.get(key);
    const value = byKey.get(key);
    const cell = state.cells[key]!;
    const found = tooBig
      ? [tooBig]
      : value
        ? checkField(value, schemaErrors.get(value.path) ?? [], { options: cell.options, other })
        : cell.required && cell.value === undefined
          ? [{ path: `${path}/${key}`, keyword: 'required' as const, params: {} }]
          : [];
    if (found.length > 0) wrong.add(key);
    return found;
  });
  if (mode === 'draft' || !decision.writable) return findings;
  const asserts = table.table!.columns.flatMap((column) => {
    const { key } = column.column!;
    const cell = state.cells[key]!;
    const isOurs = cell.visible && (column.rules.value !== undefined || !cell.readonly);
    return isOurs && !wrong.has(key) ? column.asserts.map((assert) => ({ ...assert, at: `/${key}` })) : [];
  });
  const ofRow = table.table!.asserts.filter(({ at }) => at === '' || state.cells[at.slice(1)]!.visible);
  return [
    ...findings,
    ...[...asserts, ...ofRow].flatMap(({ rule, at, message }): readonly Finding[] =>
      run.value(rule, scope) === false ? [{ path: path + at, keyword: 'x-assert', params: { message } }] : [],
    ),
  ];
}

function dataOf(decision: TableDecision, row: DecidedRow, mode: EvaluationMode): RowValues {
  const values: Record<string, JsonValue> = { [ROW_ID]: row.rowId };
  for (const [key, { visible, value }] of Object.entries(row.cells)) {
    if (value !== undefined && decision.accesses.get(key)!.readable && (visible || mode === 'draft'))
      values[key] = value;
  }
  return values;
}

/** Members that are no columns (a service wrote them) stay, and so does every value this person may not write. */
function writtenRow(decision: TableDecision, { rowId, stored = {}, cells }: DecidedRow): RowValues {
  const foreign = Object.entries(stored).filter(([key]) => !Object.hasOwn(cells, key));
  const values: Record<string, JsonValue> = { ...Object.fromEntries(foreign), [ROW_ID]: rowId };
  for (const { rules, column } of decision.table.table!.columns) {
    const { key } = column!;
    const { visible, locked, value } = cells[key]!;
    const ours = rules.value ? decision.accesses.get(key)!.readable : !locked;
    if (ours && visible && value !== undefined) values[key] = value;
    if (!ours && Object.hasOwn(stored, key)) values[key] = stored[key]!;
  }
  return values;
}

function typedRow(decision: TableDecision, { rowId, input = {}, cells }: DecidedRow): RowValues {
  const values: Record<string, JsonValue> = { [ROW_ID]: rowId };
  for (const { rules, column } of decision.table.table!.columns) {
    const { key } = column!;
    const { locked, value } = cells[key]!;
    if (!rules.value && !locked && Object.hasOwn(input, key)) values[key] = value ?? null;
  }
  return values;
}

function ignoredCells(
  { table, accesses }: TableDecision,
  { input = {}, cells }: DecidedRow,
  index: number,
): readonly IgnoredKey[] {
  return Object.keys(input).flatMap((key): readonly IgnoredKey[] => {
    if (key === ROW_ID) return [];
    const path = `${table.path}/${index}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const column = table.table!.columns.find((one) => one.column!.key === key);
    if (!column) return [{ path, reason: 'unknown' }];
    if (column.rules.value) return [{ path, reason: 'computed' }];
    if (!accesses.get(key)!.writable) return [{ path, reason: 'notWritable' }];
    return cells[key]!.locked ? [{ path, reason: 'locked' }] : [];
  });
}

const late = new WeakMap<FormField, readonly RuleInput[]>();

/** What the rules that run last read outside their row. */
function lateInputs(table: FormField): readonly RuleInput[] {
  let inputs = late.get(table);
  if (!inputs) {
    const { columns, asserts } = table.table!;
    const rules = columns.flatMap(({ rules, asserts: own }) => [
      rules.required,
      rules.options,
      ...own.map(({ rule }) => rule),
    ]);
    inputs = inputsOutside([...rules, ...asserts.map(({ rule }) => rule)]);
    late.set(table, inputs);
  }
  return inputs;
}
