import { fieldLabel, type FormModel } from '../forms/form-definition.ts';
import { rulesOf } from '../forms/rules-of.ts';
import type { VariableUse } from './variable-use.ts';

/** Rules of another form that read one of these from the case around it, and its own fields called so: they show what was stored. */
export function usesInForm(form: FormModel, names: ReadonlySet<string>): readonly VariableUse[] {
  const use = (place: Pick<VariableUse, 'elementId' | 'elementName' | 'variable' | 'text'>): VariableUse => ({
    kind: 'form',
    id: form.key,
    name: form.title.ru,
    ...place,
  });
  const places = form.fields.flatMap((field) => [field, ...(field.table?.columns ?? [])]);
  const labels = new Map(places.map((field) => [field.path, fieldLabel(form, 'ru', field)]));
  // A rule of a step stands with each of its fields.
  const rules = [...new Set(rulesOf(form))].flatMap(({ inputs, path, expression }) =>
    inputs
      .filter(({ source }) => source.kind === 'context' && names.has(source.name))
      .map(({ name }) =>
        use({ elementId: path, elementName: labels.get(path) ?? '', variable: name, text: expression.text }),
      ),
  );
  const fields = form.fields
    .filter(({ name }) => names.has(name))
    .map(({ name, path }) => use({ elementId: path, elementName: labels.get(path) ?? '', variable: name, text: name }));
  return [...fields, ...rules];
}
