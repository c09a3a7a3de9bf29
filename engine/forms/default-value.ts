import type { JsonValue } from '../json.ts';
import type { FormField } from './form-definition.ts';
import { kindOf } from './kinds/field-kinds.ts';

/** Why the field's own `default` would not be accepted, or undefined. */
export function defaultProblem(field: FormField): string | undefined {
  const value: unknown = field.defaultValue;
  if (value === undefined) return undefined;
  if (field.rules.value) return 'A computed field takes no default';
  const { kind, stores, fault } = kindOf(field);
  if (!stores(value)) return `The default ${JSON.stringify(value)} is not a value of a ${kind} field`;
  if (fault?.(value as JsonValue, field, () => undefined))
    return `The default ${JSON.stringify(value)} has the wrong format`;
  const listed = Array.isArray(value) ? value : [value];
  if (field.choices && !listed.every((item) => field.choices!.includes(item as string)))
    return `The default ${JSON.stringify(value)} is not in enum`;
  return undefined;
}
