import type { FormField, FormModel, FormRule } from './form-definition.ts';

/** Names of the process variables that the rules of the form read besides its own fields. */
export function contextNames(form: FormModel): readonly string[] {
  const rules = [...form.fields.flatMap(rulesOf), ...form.asserts.map(({ rule }) => rule)];
  const names = rules.flatMap(({ inputs }) =>
    inputs.flatMap(({ source }) => (source.kind === 'context' ? [source.name] : [])),
  );
  return [...new Set(names)];
}

function rulesOf({ rules, asserts, within = [], table }: FormField): readonly FormRule[] {
  return [
    ...within,
    ...Object.values(rules),
    ...asserts.map(({ rule }) => rule),
    ...(table?.asserts ?? []).map(({ rule }) => rule),
    ...(table?.columns ?? []).flatMap(rulesOf),
  ];
}
