import type { FormModel } from './form-definition.ts';

/**
 * The first field that chooses from people, groups or a register. A form that is open to anyone may have none: its suggestions, and
 * already the answer whether a value exists, would hand the house's data to whoever asks.
 */
export function anonymousLookup(form: FormModel): string | undefined {
  const fields = form.fields.flatMap((field) => [field, ...(field.table?.columns ?? [])]);
  return fields.find(({ kind }) => kind === 'reference')?.name;
}
