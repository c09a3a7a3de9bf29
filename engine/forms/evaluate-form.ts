import type { JsonValue } from '../json.ts';
import type { SchemaValidator } from './schema-validator.ts';
import type { DecidedField, FieldState } from './decided-field.ts';
import { findErrors } from './find-errors.ts';
import { fieldLabel, formText, type FormLanguage, type FormModel } from './form-definition.ts';
import { errorMessage } from './error-messages.ts';
import type { Finding, FormError } from './form-error.ts';
import { FormRuleRun, sameJson, type RuleMemory, type RuleSurroundings, type RuleWarning } from './form-rule-run.ts';
import { readOptions } from './field-options.ts';
import { isRecord } from './json-checks.ts';
import { normaliseValue } from './normalise-value.ts';
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

export interface IgnoredKey {
  readonly path: string;
  readonly reason: 'unknown' | 'notWritable' | 'computed' | 'locked';
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
  const fields = new Map(inLayoutOrder.map((state) => [state.field.path, fieldState(state, run)]));
  const malformed: readonly Finding[] = isRecord(request.input)
    ? []
    : [{ path: '', keyword: 'type', params: { type: 'object' } }];
  const findings = [
    ...malformed,
    ...findErrors({ form, mode, decided: inLayoutOrder, fields, run, validate: request.validate }),
  ];
  return {
    data: Object.fromEntries(
      inLayoutOrder.flatMap((state) => (belongsToData(state, mode) ? [[state.field.name, state.value!]] : [])),
    ),
    variables:
      mode === 'submit' ? submittedVariables(inLayoutOrder, request.stored) : draftVariables(inLayoutOrder, input),
    errors: findings.map((finding) => inWords(finding, request)),
    fields,
    ignored: ignoredKeys(form, input, decided),
    warnings: run.warnings,
  };
}

function decideFields(
  { form, binding, stored }: FormEvaluationRequest,
  input: Readonly<Record<string, unknown>>,
  run: FormRuleRun,
): ReadonlyMap<string, DecidedField> {
  const decided = new Map<string, DecidedField>();
  for (const field of form.evaluationOrder) {
    const access = accessTo(field, binding);
    const visible = field.rules.visible === undefined || run.isTrue(field.rules.visible);
    const locked = !access.writable || (field.rules.readonly !== undefined && run.isTrue(field.rules.readonly));
    const storedValue = Object.hasOwn(stored, field.name) ? stored[field.name] : undefined;
    let value: JsonValue | undefined;
    if (field.rules.value) value = visible ? normaliseValue(field, run.value(field.rules.value)) : undefined;
    else if (locked || !Object.hasOwn(input, field.name)) value = normaliseValue(field, storedValue);
    else value = normaliseValue(field, input[field.name]);
    run.decide(field.name, visible ? value : undefined);
    decided.set(field.name, { field, access, visible, locked, value });
  }
  return decided;
}

function fieldState({ field, access, visible, locked }: DecidedField, run: FormRuleRun): FieldState {
  const shown = visible && access.readable;
  const required =
    shown &&
    !locked &&
    (field.required || access.requiredHere || (field.rules.required !== undefined && run.isTrue(field.rules.required)));
  const base = { visible: shown, required, readonly: locked };
  return field.rules.options ? { ...base, options: readOptions(run.value(field.rules.options)) } : base;
}

function belongsToData({ access, visible, value }: DecidedField, mode: 'draft' | 'submit'): boolean {
  return value !== undefined && access.readable && (visible || mode === 'draft');
}

/** A computed field is written by the form itself, so it counts with the writable ones unless the binding keeps it from sight. */
function submittedVariables(
  decided: readonly DecidedField[],
  stored: FormEvaluationRequest['stored'],
): Record<string, JsonValue> {
  const written = decided.filter(({ field, access, locked }) => (field.rules.value ? access.readable : !locked));
  return Object.fromEntries(
    written.flatMap(({ field: { name }, visible, value }): [string, JsonValue][] => {
      if (visible && value !== undefined) return [[name, value]];
      return Object.hasOwn(stored, name) && !sameJson(stored[name], null) ? [[name, null]] : [];
    }),
  );
}

function draftVariables(
  decided: readonly DecidedField[],
  input: Readonly<Record<string, unknown>>,
): Record<string, JsonValue> {
  const typed = decided.filter(({ field, locked }) => !locked && Object.hasOwn(input, field.name));
  return Object.fromEntries(typed.map(({ field, value }) => [field.name, value ?? null]));
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
    if (!state.access.writable) return [{ path, reason: 'notWritable' }];
    return state.locked ? [{ path, reason: 'locked' }] : [];
  });
}

function inWords(finding: Finding, { form, language = 'ru' }: FormEvaluationRequest): FormError {
  const { keyword, params, path } = finding;
  const field = form.fieldsByName.get(path.split('/')[1] ?? '');
  const { message } = params;
  const own =
    keyword === 'x-assert' && typeof message === 'string'
      ? message
      : keyword === 'pattern' && field
        ? `${field.name}.pattern`
        : undefined;
  const authored = own === undefined ? undefined : formText(form, language, own);
  const title = form.title[language] ?? form.title.ru;
  const label = field ? fieldLabel(form, language, field) : title;
  return { path, keyword, params, message: authored ?? errorMessage(finding, { language, label, field }) };
}
