import type { FormModel } from '../forms/form-definition.ts';
import { rulesOf } from '../forms/rules-of.ts';
import type { VariableUse } from './variable-use.ts';

/** Rules of another form that read one of these from the case around it, and its own fields called so: they show what was stored. */
export function usesInForm(form: FormModel, names: ReadonlySet<string>): readonly VariableUse[] {
  const use = (elementId: string, variable: string, text: string): VariableUse => ({
    kind: 'form',
    id: form.key,
    name: form.title.ru,
    elementId,
    elementName: '',
    variable,
    text,
  });
  // A rule of a step stands with each of its fields.
  const rules = [...new Set(rulesOf(form))].flatMap(({ inputs, path, expression }) =>
    inputs
      .filter(({ source }) => source.kind === 'context' && names.has(source.name))
      .map(({ name }) => use(path, name, expression.text)),
  );
  const fields = form.fields.filter(({ name }) => names.has(name));
  return [...fields.map(({ name }) => use(`/data/properties/${name}`, name, name)), ...rules];
}
