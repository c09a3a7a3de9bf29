import { describeType } from '../expressions/analysis/describe-type.ts';
import { inferType } from '../expressions/analysis/infer-type.ts';
import { storedType } from '../expressions/analysis/stored-type.ts';
import { isOnlyNull, mayBe, type StaticType } from '../expressions/analysis/static-type.ts';
import {
  fieldLabel,
  fieldNamed,
  type FormAssert,
  type FormField,
  type FormModel,
  type FormRule,
  type TableShape,
} from '../forms/form-definition.ts';
import { BOOLEAN, LIST, type Expected } from './feel/expected-kinds.ts';
import { expressionFindings } from './feel/expression-findings.ts';
import { fieldType, rowType } from './feel/field-type.ts';
import type { LintFinding, LintTexts } from './lint-finding.ts';
import { findingOf } from './lint-rule.ts';
import { wrongType } from './rules/wrong-type.ts';

/** Looks at the rules of a form with the types of its fields; a field before its value is there is null. */
export function lintForm(form: FormModel): readonly LintFinding[] {
  const variables = new Map(form.fields.map((field) => [field.name, fieldType(field, { limits: false })]));
  return [
    ...lintRules(form, rulesOf(form.fields, form.asserts), variables),
    ...form.fields.flatMap(({ table }) =>
      table ? lintRules(form, rulesOf(table.columns, table.asserts), inRow(table, variables)) : [],
    ),
  ];
}

type Variables = ReadonlyMap<string, StaticType>;

/** What a column's rule sees: its row by plain names and as `row`, the form as `parent`. */
function inRow(table: TableShape, form: Variables): Variables {
  const cells = table.columns.map((column) => [column.column!.key, fieldType(column, { limits: false })] as const);
  const members = [...form].map(([name, type]) => [name, { type, optional: true }] as const);
  const parent: StaticType = [{ kind: 'context', entries: new Map(members), open: true }];
  return new Map([...form, ...cells, ['row', rowType(table, { limits: false })], ['parent', parent]]);
}

function lintRules(form: FormModel, rules: readonly FormRule[], variables: Variables): readonly LintFinding[] {
  return rules.flatMap((rule) => {
    const at = { id: rule.path, name: labelAt(form, rule, 'ru') };
    const title = {
      ru: `Форма «${form.title.ru}», ${labelAt(form, rule, 'ru')}, ${rule.keyword}`,
      en: `Form "${form.title.en ?? form.title.ru}", ${labelAt(form, rule, 'en')}, ${rule.keyword}`,
    };
    const findings = expressionFindings(rule.expression, variables, { at, title });
    const { type } = inferType(rule.expression, variables);
    const expected = expectedOf(form, rule);
    if (findings.length > 0 || type === 'any' || type.length === 0 || isOnlyNull(type)) return findings;
    if (expected.kinds.some((kind) => mayBe(storedType(type), kind))) return findings;
    return [findingOf(wrongType, null, { at, severity: 'warning', ...mismatch(rule, title, expected.what, type) })];
  });
}

function rulesOf(fields: readonly FormField[], asserts: readonly FormAssert[]): readonly FormRule[] {
  return [
    ...new Set(fields.flatMap(({ within = [] }) => within)),
    ...fields.flatMap((field) => [...Object.values(field.rules), ...field.asserts.map(({ rule }) => rule)]),
    ...asserts.map(({ rule }) => rule),
  ];
}

function labelAt(form: FormModel, { path }: FormRule, language: 'ru' | 'en'): string {
  const field = fieldAtRule(form, path);
  return field === undefined ? path || '/' : fieldLabel(form, language, field);
}

/** `/qty` is a field, `/works/-/qty` a column. */
function fieldAtRule(form: FormModel, path: string): FormField | undefined {
  return fieldNamed(form, path.slice(1).replace('/-/', '.'));
}

function expectedOf(form: FormModel, { keyword, path }: FormRule): Expected {
  const field = fieldAtRule(form, path);
  if (keyword === 'x-options') return LIST;
  if (keyword !== 'x-value' || field === undefined) return BOOLEAN;
  const type = fieldType(field, { limits: false });
  const kinds = type === 'any' ? [] : type.flatMap(({ kind }) => (kind === 'null' ? [] : [kind]));
  return { kinds, what: describeType(type) };
}

function mismatch({ expression }: FormRule, title: LintTexts, what: LintTexts, type: StaticType) {
  const found = describeType(type);
  return {
    message: {
      ru: `${title.ru}: «${expression.text.trim()}» должно быть: ${what.ru}, а это ${found.ru}.`,
      en: `${title.en}: "${expression.text.trim()}" must be ${what.en}, but it is ${found.en}.`,
    },
    remedy: { ru: 'Исправьте выражение.', en: 'Correct the expression.' },
  };
}
