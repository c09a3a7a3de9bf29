import { checkField, oversize, type JudgedValue } from './check-field.ts';
import type { DecidedField, FieldState } from './decided-field.ts';
import type { FinishedRow } from './finish-table.ts';
import type { FormAssert, FormModel } from './form-definition.ts';
import { DRAFT_KEYWORDS, type Finding, type FormError } from './form-error.ts';
import type { FormRuleRun } from './form-rule-run.ts';
import type { OtherValue } from './kinds/kind-definition.ts';
import type { SchemaError, SchemaValidator } from './schema-validator.ts';

interface ErrorSearch {
  readonly form: FormModel;
  readonly mode: 'draft' | 'submit';
  /** In layout order. */
  readonly decided: readonly DecidedField[];
  readonly fields: ReadonlyMap<string, FieldState>;
  /** By the name of the table. */
  readonly rows: ReadonlyMap<string, readonly FinishedRow[]>;
  readonly run: FormRuleRun;
  readonly validate: SchemaValidator;
  readonly word: (finding: Finding) => FormError;
}

/**
 * Everything the person has to correct, in layout order, the form's own assertions last. Only values the person gave (or the form
 * computed) are judged: a stored value that is wrong cannot be corrected here and must not block the task.
 */
export function findErrors(search: ErrorSearch): readonly FormError[] {
  const { form, mode, decided, fields, run, word } = search;
  const judged = decided.filter(
    ({ field, access, visible, locked, table }) =>
      access.readable &&
      (visible || mode === 'draft') &&
      (table ? table.writable : field.rules.value !== undefined || !locked),
  );
  const values = judged.flatMap(({ field, value, table }): readonly JudgedValue[] =>
    table || value === undefined ? [] : [{ field, path: field.path, value }],
  );
  const oversized = new Map(values.flatMap((value) => oversize(value) ?? []).map((finding) => [finding.path, finding]));
  const checkable = new Map(values.filter(({ path }) => !oversized.has(path)).map((value) => [value.path, value]));
  const schemaErrors = checkSchema([...checkable.values()], search.validate);
  const valueOf = new Map(decided.flatMap(({ field, visible, value }) => (visible ? [[field.name, value]] : [])));
  const other: OtherValue = (name) => valueOf.get(name);
  const isTold = ({ keyword }: Finding): boolean => mode === 'submit' || DRAFT_KEYWORDS.includes(keyword);
  const wrong = new Set<string>();
  const errors = judged.flatMap((state): readonly FormError[] => {
    const { path } = state.field;
    const { required, options } = fields.get(path)!;
    const tooBig = oversized.get(path);
    const value = checkable.get(path);
    const found = tooBig
      ? [tooBig]
      : value
        ? checkField(value, schemaErrors.get(path) ?? [], { options, other })
        : state.table
          ? findTableErrors(state, required)
          : required
            ? [{ path, keyword: 'required' as const, params: {} }]
            : [];
    if (found.length > 0) wrong.add(path);
    const ofRows = (search.rows.get(state.field.name) ?? []).flatMap((row) => row.errors);
    return [...found.filter(isTold).map(word), ...ofRows];
  });
  if (mode === 'draft') return errors;
  const asserts = [...judged.flatMap(({ field }) => (wrong.has(field.path) ? [] : field.asserts)), ...form.asserts];
  return [...errors, ...asserts.flatMap((assert) => checkAssert(assert, fields, run)).map(word)];
}

/** What is wrong with a table as a whole. */
function findTableErrors({ field: { path, limits }, table }: DecidedField, required: boolean): readonly Finding[] {
  const { refusal, decided } = table!;
  if (refusal === 'type') return [{ path, keyword: 'type', params: { type: 'array' } }];
  if (refusal === 'maxItems') return [{ path, keyword: 'maxItems', params: { limit: limits.maxItems! } }];
  const least = Math.max(limits.minItems ?? 0, required ? 1 : 0);
  if (decided.length >= least) return [];
  return least === 1
    ? [{ path, keyword: 'required', params: {} }]
    : [{ path, keyword: 'minItems', params: { limit: least } }];
}

/** By the path of the field; what is inside a list stands with the list. */
function checkSchema(
  values: readonly JudgedValue[],
  validate: SchemaValidator,
): ReadonlyMap<string, readonly SchemaError[]> {
  if (validate(Object.fromEntries(values.map(({ field, value }) => [field.name, value])))) return new Map();
  const found = new Map<string, SchemaError[]>();
  for (const error of validate.errors ?? []) {
    const path = `/${error.instancePath.split('/')[1] ?? ''}`;
    found.set(path, [...(found.get(path) ?? []), error]);
  }
  return found;
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
