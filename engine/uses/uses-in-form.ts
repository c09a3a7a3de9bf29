import type { FormField, FormModel, FormRule } from '../forms/form-definition.ts';
import type { VariableUse } from './variable-use.ts';

/** Rules of another form that read one of these from the case around it. */
export function usesInForm(form: FormModel, names: ReadonlySet<string>): readonly VariableUse[] {
  const rulesOf = ({ rules, asserts, table }: FormField): readonly FormRule[] => [
    ...Object.values(rules),
    ...asserts.map(({ rule }) => rule),
    ...(table?.columns ?? []).flatMap(rulesOf),
  ];
  return [...form.fields.flatMap(rulesOf), ...form.asserts.map(({ rule }) => rule)].flatMap((rule) =>
    rule.inputs
      .filter(({ source }) => source.kind === 'context' && names.has(source.name))
      .map(({ name }): VariableUse => ({
        kind: 'form',
        id: form.key,
        name: form.title.ru,
        elementId: rule.path,
        elementName: '',
        variable: name,
        text: rule.expression.text,
      })),
  );
}
