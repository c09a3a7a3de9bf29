import { fieldLabel, type FormField, type FormModel, type FormRule } from '../forms/form-definition.ts';
import type { VariableUse } from './variable-use.ts';

/** Rules of another form that read one of these from the case around it. */
export function usesInForm(form: FormModel, names: ReadonlySet<string>): readonly VariableUse[] {
  const usesInRules = (rules: readonly FormRule[], elementName: string): readonly VariableUse[] =>
    rules.flatMap((rule) =>
      rule.inputs
        .filter(({ source }) => source.kind === 'context' && names.has(source.name))
        .map(({ name }) => ({
          kind: 'form',
          id: form.key,
          name: form.title.ru,
          elementId: rule.path,
          elementName,
          variable: name,
          text: rule.expression.text,
        })),
    );
  const usesInField = (field: FormField): readonly VariableUse[] => [
    ...usesInRules(
      [...Object.values(field.rules), ...field.asserts.map(({ rule }) => rule)],
      fieldLabel(form, 'ru', field),
    ),
    ...(field.table?.columns ?? []).flatMap(usesInField),
  ];
  return [
    ...form.fields.flatMap(usesInField),
    ...usesInRules(
      form.asserts.map(({ rule }) => rule),
      '',
    ),
  ];
}
