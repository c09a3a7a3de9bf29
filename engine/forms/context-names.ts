import type { FormModel } from './form-definition.ts';
import { rulesOf } from './rules-of.ts';

/** Names of the process variables that the rules of the form read besides its own fields. */
export function contextNames(form: FormModel): readonly string[] {
  const names = rulesOf(form).flatMap(({ inputs }) =>
    inputs.flatMap(({ source }) => (source.kind === 'context' ? [source.name] : [])),
  );
  return [...new Set(names)];
}
