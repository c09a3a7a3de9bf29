import type { JsonValue } from '../json.ts';
import type { SchemaError, SchemaValidator } from './schema-validator.ts';
import type { DecidedField, FieldState } from './decided-field.ts';
import { fileReferenceOf } from './file-reference.ts';
import type { FormAssert, FormModel } from './form-definition.ts';
import { ERROR_KEYWORDS, type ErrorKeyword, type Finding } from './form-error.ts';
import type { FormRuleRun } from './form-rule-run.ts';
import { depthOf } from './json-checks.ts';
import { kindOf } from './kinds/field-kinds.ts';
import type { OtherValue } from './kinds/kind-definition.ts';

interface ErrorSearch {
  readonly form: FormModel;
  readonly mode: 'draft' | 'submit';
  /** In layout order. */
  readonly decided: readonly DecidedField[];
  readonly fields: ReadonlyMap<string, FieldState>;
  readonly run: FormRuleRun;
  readonly validate: SchemaValidator;
}

/** JSON Schema limits (reliability.md §3.2): deeper data overflows recursive checks. */
const MAX_DEPTH = 32;
/** What a draft may not contain either: values that could not be shown again, and lists or texts without bound. */
const DRAFT_KEYWORDS: readonly ErrorKeyword[] = ['type', 'fileReference', 'maxLength', 'maxItems', 'tooDeep'];

/**
 * Everything the person has to correct, in layout order, the form's own assertions last. Only values the person gave (or the form
 * computed) are judged: a stored value that is wrong cannot be corrected here and must not block the task.
 */
export function findErrors(search: ErrorSearch): readonly Finding[] {
  const { form, mode, decided, fields, run } = search;
  const judged = decided.filter(
    ({ field, access, visible, locked }) =>
      access.readable && (visible || mode === 'draft') && (field.rules.value !== undefined || !locked),
  );
  const oversized = new Map(judged.flatMap((state) => oversize(state)).map((finding) => [finding.path, finding]));
  const checkable = judged.filter(({ field, value }) => value !== undefined && !oversized.has(field.path));
  const schemaErrors = checkSchema(checkable, search.validate);
  const valueOf = new Map(decided.flatMap(({ field, visible, value }) => (visible ? [[field.name, value]] : [])));
  const other: OtherValue = (name) => valueOf.get(name);
  const findings = judged.flatMap((state) => {
    const { path } = state.field;
    const tooBig = oversized.get(path);
    if (tooBig) return [tooBig];
    if (state.value === undefined)
      return mode === 'submit' && fields.get(path)!.required
        ? [{ path, keyword: 'required' as const, params: {} }]
        : [];
    const fromSchema = schemaErrors.get(state.field.name) ?? [];
    const fromMeaning =
      fromSchema.length === 0 || state.field.files ? checkMeaning(state, fields.get(path)!, other) : [];
    return [...fromSchema, ...fromMeaning];
  });
  if (mode === 'draft') return findings.filter(({ keyword }) => DRAFT_KEYWORDS.includes(keyword));
  const wrong = new Set(findings.map(({ path }) => path.split('/')[1]));
  const asserts = [...judged.flatMap(({ field }) => (wrong.has(field.name) ? [] : field.asserts)), ...form.asserts];
  return [...findings, ...asserts.flatMap((assert) => checkAssert(assert, fields, run))];
}

/** Cut before the validator sees it, because ajv walks a list or text of any length before it says "too long". */
function oversize({ field, value }: DecidedField): readonly Finding[] {
  const { path, limits } = field;
  if (depthOf(value, MAX_DEPTH) > MAX_DEPTH) return [{ path, keyword: 'tooDeep', params: { limit: MAX_DEPTH } }];
  if (Array.isArray(value) && limits.maxItems !== undefined && value.length > limits.maxItems)
    return [{ path, keyword: 'maxItems', params: { limit: limits.maxItems } }];
  return [];
}

function checkSchema(
  states: readonly DecidedField[],
  validate: SchemaValidator,
): ReadonlyMap<string, readonly Finding[]> {
  const values = Object.fromEntries(states.map(({ field, value }) => [field.name, value]));
  if (validate(values)) return new Map();
  const found = new Map<string, Finding[]>();
  for (const error of validate.errors ?? []) {
    const name = error.instancePath.split('/')[1] ?? '';
    const state = states.find(({ field }) => field.name === name);
    // What is inside a file reference is judged in words a person understands by checkFile.
    const insideFile = state?.field.files !== undefined && error.instancePath !== state.field.path;
    if (state && !insideFile) found.set(name, [...(found.get(name) ?? []), schemaFinding(error)]);
  }
  return new Map([...found].map(([name, findings]) => [name, oneWhenTypeIsWrong(findings)]));
}

function schemaFinding({ instancePath, keyword, params }: SchemaError): Finding {
  if (!ERROR_KEYWORDS.includes(keyword as ErrorKeyword))
    throw new Error(`Expected a keyword our schemas use, ajv reported "${keyword}"`);
  const { limit, multipleOf, type } = params;
  const kept = {
    ...(limit !== undefined && { limit }),
    ...(multipleOf !== undefined && { multipleOf }),
    ...(type !== undefined && { type }),
  };
  return { path: instancePath, keyword: keyword as ErrorKeyword, params: kept as Readonly<Record<string, JsonValue>> };
}

/** A value of the wrong type fails several keywords at once; the first says all. */
function oneWhenTypeIsWrong(findings: readonly Finding[]): readonly Finding[] {
  const typeError = findings.find(({ keyword }) => keyword === 'type');
  if (typeError) return [typeError];
  return [...new Map(findings.map((finding) => [`${finding.path} ${finding.keyword}`, finding])).values()];
}

/** What the schema cannot say: formats, the options a rule gives, types and sizes of files. */
function checkMeaning({ field, value }: DecidedField, { options }: FieldState, other: OtherValue): readonly Finding[] {
  const { path } = field;
  const { stores, fault } = kindOf(field);
  const right = stores(value);
  const found = right ? fault?.(value!, field, other) : undefined;
  if (found) return [{ path, keyword: 'format', params: { format: field.kind, ...found } }];
  if (options && right) {
    const allowed = new Set(options.map((option) => option.value));
    const chosen = Array.isArray(value) ? (value as readonly string[]) : [value as string];
    if (!chosen.every((item) => allowed.has(item))) return [{ path, keyword: 'options', params: {} }];
  }
  if (field.files && Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item, index) => checkFile(item, `${path}/${index}`, field.files!));
  return [];
}

function checkFile(
  item: JsonValue,
  path: string,
  { accept, maxBytes }: { accept: readonly string[]; maxBytes: number },
): readonly Finding[] {
  const file = fileReferenceOf(item);
  if (!file) return [{ path, keyword: 'fileReference', params: {} }];
  if (!accept.includes(file.mimeType))
    return [{ path, keyword: 'fileType', params: { name: file.name, mimeType: file.mimeType } }];
  return file.size > maxBytes ? [{ path, keyword: 'fileSize', params: { name: file.name, limit: maxBytes } }] : [];
}

/**
 * Only an exact false fails: null means that a value the test compares is empty, which is `required`'s business. A test about a field
 * that is not visible is not run.
 */
function checkAssert(
  { rule, at, message }: FormAssert,
  fields: ReadonlyMap<string, FieldState>,
  run: FormRuleRun,
): readonly Finding[] {
  if (at !== '' && !fields.get(at)!.visible) return [];
  return run.value(rule) === false ? [{ path: at, keyword: 'x-assert', params: { message } }] : [];
}
