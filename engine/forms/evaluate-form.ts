import type { JsonValue } from '../json.ts';
import type { SchemaValidator } from './schema-validator.ts';
import type { DecidedField, FieldState } from './decided-field.ts';
import { decideField } from './decide-field.ts';
import { TableDecision } from './decide-table.ts';
import { findErrors } from './find-errors.ts';
import { finishTable, type FinishedRow } from './finish-table.ts';
import type { FormField, FormLanguage, FormModel } from './form-definition.ts';
import type { Finding, FormError, IgnoredKey } from './form-error.ts';
import { FormRuleRun, sameJson, type RuleMemory, type RuleSurroundings, type RuleWarning } from './form-rule-run.ts';
import { readOptions } from './field-options.ts';
import { inWords } from './in-words.ts';
import { isRecord } from './json-checks.ts';
import { tableMemory } from './table-memory.ts';
import { accessTo, type TaskBinding } from './task-binding.ts';

export interface FormEvaluationRequest extends RuleSurroundings {
  readonly form: FormModel;
  readonly binding: TaskBinding;
  /** Process variables as stored; values the person may not write come from here whatever was submitted. */
  readonly stored: Readonly<Record<string, JsonValue>>;
  /** What the person sent, untrusted. An absent key leaves the stored value; null, '' or [] clears it. */
  readonly input: unknown;
  /** A draft is checked for nothing but values that could not be stored; hidden values stay in it. */
  readonly mode: 'draft' | 'submit';
  /** `compileValidator(form)` in Node, the standalone module's export in the browser. */
  readonly validate: SchemaValidator;
  readonly language?: FormLanguage;
  readonly memory?: RuleMemory;
  readonly onRuleEvaluated?: (ruleId: string) => void;
}

export interface FormEvaluation {
  /** The form's values as the person may see them: no empty, unreadable or (on submit) hidden ones. */
  readonly data: Readonly<Record<string, JsonValue>>;
  /**
   * What this person's act writes. Submit: process variables to set, null where a value was cleared or hidden away. Draft: what to
   * keep as the draft. Never a value the person may not write, so a parallel step's newer value is not overwritten.
   */
  readonly variables: Readonly<Record<string, JsonValue>>;
  /** In layout order. Not empty = HTTP 422 and nothing is written. */
  readonly errors: readonly FormError[];
  /** By value path (`/name`). */
  readonly fields: ReadonlyMap<string, FieldState>;
  /** Submitted keys that were dropped. */
  readonly ignored: readonly IgnoredKey[];
  readonly warnings: readonly RuleWarning[];
}

/**
 * The one pipeline of browser and server (forms-ux.md "Evaluation", steps 1–7 and 9): drop what may not be written, restore what may
 * not be changed, normalise, run the rules in dependency order, prune what is hidden, validate, assert, put into words. Step 8 (does
 * the user exist, is the file this task's) is the server's, after `errors` came back empty.
 * Never throws on input, however malformed.
 */
export function evaluateForm(request: FormEvaluationRequest): FormEvaluation {
  const { form, mode } = request;
  const input = isRecord(request.input) ? request.input : {};
  const run = new FormRuleRun({
    surroundings: request,
    memory: request.memory,
    onEvaluated: request.onRuleEvaluated && ((rule) => request.onRuleEvaluated!(rule.id)),
  });
  const decided = decideFields(request, input, run);
  const inLayoutOrder = form.fields.map((field) => decided.get(field.name)!);
  const { validate, language = 'ru' } = request;
  const word = (finding: Finding): FormError => inWords(finding, form, language);
  const rows = new Map(
    inLayoutOrder.flatMap(({ field, table }): readonly (readonly [string, readonly FinishedRow[]])[] =>
      table ? [[field.name, finishTable(table, { mode, run, validate, word })]] : [],
    ),
  );
  const fields = new Map(
    inLayoutOrder.map((state) => [state.field.path, fieldState(state, run, rows.get(state.field.name))]),
  );
  const malformed: readonly Finding[] = isRecord(request.input)
    ? []
    : [{ path: '', keyword: 'type', params: { type: 'object' } }];
  const found = findErrors({ form, mode, decided: inLayoutOrder, fields, rows, run, validate, word });
  const outcome = { decided: inLayoutOrder, rows };
  return {
    data: Object.fromEntries(inLayoutOrder.flatMap((state) => shownValue(state, mode, rows))),
    variables: mode === 'submit' ? submittedVariables(outcome, request.stored) : draftVariables(outcome, input),
    errors: [...malformed.map(word), ...found],
    fields,
    ignored: [...ignoredKeys(form, input, decided), ...[...rows.values()].flat().flatMap(({ ignored }) => ignored)],
    warnings: run.warnings,
  };
}

function decideFields(
  request: FormEvaluationRequest,
  input: Readonly<Record<string, unknown>>,
  run: FormRuleRun,
): ReadonlyMap<string, DecidedField> {
  const { form, binding, stored } = request;
  const decided = new Map<string, DecidedField>();
  for (const step of form.evaluationOrder) {
    if (step.kind === 'columns') {
      decided.get(step.table.name)!.table!.decideColumns(step.columns, run);
      continue;
    }
    const { field } = step;
    const access = accessTo(field, binding);
    if (field.table) {
      const table = openTable(field, request, { input, run });
      run.decideTable(field.name, table);
      decided.set(field.name, { field, access, visible: table.visible, locked: table.fixed, value: undefined, table });
      continue;
    }
    const state = decideField(field, { fixed: !access.writable, input, stored, key: field.name, run });
    run.decide(field.name, state.visible ? state.value : undefined);
    decided.set(field.name, { field, access, ...state });
  }
  return decided;
}

function openTable(
  table: FormField,
  { binding, stored, memory }: FormEvaluationRequest,
  { input, run }: { readonly input: Readonly<Record<string, unknown>>; readonly run: FormRuleRun },
): TableDecision {
  const { name, rules, within = [] } = table;
  return new TableDecision({
    table,
    binding,
    visible: [...within, ...(rules.visible ? [rules.visible] : [])].every((rule) => run.isTrue(rule)),
    locked: rules.readonly !== undefined && run.isTrue(rules.readonly),
    input: Object.hasOwn(input, name) ? input[name] : undefined,
    stored: Object.hasOwn(stored, name) ? stored[name] : undefined,
    memory: tableMemory(memory, name),
  });
}

function fieldState(
  { field, access, visible, locked, table }: DecidedField,
  run: FormRuleRun,
  rows: readonly FinishedRow[] | undefined,
): FieldState {
  const shown = visible && access.readable;
  const required =
    shown &&
    !locked &&
    (field.required ||
      access.requiredHere ||
      (table !== undefined && (field.limits.minItems ?? 0) > 0) ||
      (field.rules.required !== undefined && run.isTrue(field.rules.required)));
  const base = { visible: shown, required, readonly: locked };
  if (rows) return { ...base, rowStates: rows.map(({ state }) => state) };
  return field.rules.options ? { ...base, options: readOptions(run.value(field.rules.options)) } : base;
}

type TableRows = ReadonlyMap<string, readonly FinishedRow[]>;

function shownValue(
  { field, access, visible, value, table }: DecidedField,
  mode: 'draft' | 'submit',
  rows: TableRows,
): readonly (readonly [string, JsonValue])[] {
  if (!access.readable || !(visible || mode === 'draft')) return [];
  if (!table) return value === undefined ? [] : [[field.name, value]];
  const shown = rows.get(field.name)!.map(({ data }) => data);
  return shown.length === 0 ? [] : [[field.name, shown]];
}

interface DecidedForm {
  readonly decided: readonly DecidedField[];
  readonly rows: TableRows;
}

/**
 * A computed field is written by the form itself, so it counts with the writable ones unless the binding keeps it from sight. A table
 * is one variable: whoever may write one of its cells writes all of it, the other cells as they are stored.
 */
function submittedVariables(
  { decided, rows }: DecidedForm,
  stored: FormEvaluationRequest['stored'],
): Record<string, JsonValue> {
  const written = decided.filter(({ field, access, locked, table, visible }) => {
    if (table) return table.writable && (visible || !table.fixed);
    return field.rules.value ? access.readable : !locked;
  });
  return Object.fromEntries(
    written.flatMap(({ field: { name }, visible, value, table }): [string, JsonValue][] => {
      const list = table && rows.get(name)!.map(({ kept }) => kept);
      const kept: JsonValue | undefined = list ? (list.length > 0 ? list : undefined) : value;
      if (visible && kept !== undefined) return [[name, kept]];
      return Object.hasOwn(stored, name) && !sameJson(stored[name], null) ? [[name, null]] : [];
    }),
  );
}

function draftVariables(
  { decided, rows }: DecidedForm,
  input: Readonly<Record<string, unknown>>,
): Record<string, JsonValue> {
  const typed = decided.filter(
    ({ field, locked, table }) => (table ? table.writable : !locked) && Object.hasOwn(input, field.name),
  );
  return Object.fromEntries(
    typed.map(({ field, value }) => [field.name, rows.get(field.name)?.map(({ kept }) => kept) ?? value ?? null]),
  );
}

function ignoredKeys(
  form: FormModel,
  input: Readonly<Record<string, unknown>>,
  decided: ReadonlyMap<string, DecidedField>,
): readonly IgnoredKey[] {
  return Object.keys(input).flatMap((name): readonly IgnoredKey[] => {
    const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const state = form.fieldsByName.has(name) ? decided.get(name) : undefined;
    if (!state) return [{ path, reason: 'unknown' }];
    if (state.field.rules.value) return [{ path, reason: 'computed' }];
    if (state.table?.writable) return [];
    if (!state.access.writable) return [{ path, reason: 'notWritable' }];
    return state.locked ? [{ path, reason: 'locked' }] : [];
  });
}
