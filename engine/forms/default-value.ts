import { fileReferenceOf } from './file-reference.ts';
import type { FormField } from './form-definition.ts';
import { formatFits } from './value-format.ts';

/** Why the field's own `default` would not be accepted, or undefined. */
export function defaultProblem(field: FormField): string | undefined {
  const value: unknown = field.defaultValue;
  if (value === undefined) return undefined;
  if (field.rules.value) return 'A computed field takes no default';
  if (!typeFits(field, value)) return `The default ${JSON.stringify(value)} is not a value of a ${field.kind} field`;
  if (typeof value === 'string' && !formatFits(field, value))
    return `The default ${JSON.stringify(value)} has the wrong format`;
  const listed = Array.isArray(value) ? value : [value];
  if (field.choices && !listed.every((item) => field.choices!.includes(item as string)))
    return `The default ${JSON.stringify(value)} is not in enum`;
  return undefined;
}

/** Is the value of the JSON type the kind stores? */
export function typeFits({ kind }: FormField, value: unknown): boolean {
  switch (kind) {
    case 'integer':
    case 'money':
      return Number.isSafeInteger(value);
    case 'decimal':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'choices':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'files':
      return Array.isArray(value) && value.every((item) => fileReferenceOf(item) !== undefined);
    default:
      return typeof value === 'string';
  }
}
