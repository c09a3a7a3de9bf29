import { describeType } from '../expressions/analysis/describe-type.ts';
import { inferType } from '../expressions/analysis/infer-type.ts';
import { storedType } from '../expressions/analysis/stored-type.ts';
import { isOnlyNull, mayBe, type StaticType } from '../expressions/analysis/static-type.ts';
import { fieldLabel, type FormModel, type FormRule } from '../forms/form-definition.ts';
import { BOOLEAN, LIST, type Expected } from './feel/expected-kinds.ts';
import { expressionFindings } from './feel/expression-findings.ts';
import { fieldType } from './feel/field-type.ts';
import type { LintFinding, LintTexts } from './lint-finding.ts';
import { findingOf } from './lint-rule.ts';
import { wrongType } from './rules/wrong-type.ts';

/** Looks at the rules of a form with the types of its fields; a field before its value is there is null. */
export function lintForm(form: FormModel): readonly LintFinding[] {
  const variables = new Map(form.fields.map((field) => [field.name, fieldType(field, { limits: false })]));
  return rulesOf(form).flatMap((rule) => {
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

function rulesOf({ fields, asserts }: FormModel): readonly FormRule[] {
  return [
    ...fields.flatMap((field) => [...Object.values(field.rules), ...field.asserts.map(({ rule }) => rule)]),
    ...asserts.map(({ rule }) => rule),
  ];
}

function labelAt(form: FormModel, { path }: FormRule, language: 'ru' | 'en'): string {
  const field = form.fieldsByName.get(path.slice(1));
  return field === undefined ? path || '/' : fieldLabel(form, language, field);
}

function expectedOf(form: FormModel, { keyword, path }: FormRule): Expected {
  const field = form.fieldsByName.get(path.slice(1));
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
