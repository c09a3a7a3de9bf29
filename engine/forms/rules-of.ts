import type { FormField, FormModel, FormRule } from './form-definition.ts';

/** Every rule of a form: of its fields, of the steps and tabs around them, of columns and rows, and of the form itself. */
export function rulesOf(form: FormModel): readonly FormRule[] {
  return [...form.fields.flatMap(ofField), ...form.asserts.map(({ rule }) => rule)];
}

function ofField({ rules, asserts, within = [], table }: FormField): readonly FormRule[] {
  return [
    ...within,
    ...Object.values(rules),
    ...asserts.map(({ rule }) => rule),
    ...(table?.asserts ?? []).map(({ rule }) => rule),
    ...(table?.columns ?? []).flatMap(ofField),
  ];
}
