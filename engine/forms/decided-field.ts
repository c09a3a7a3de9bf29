import type { JsonValue } from '../json.ts';
import type { FieldOption } from './field-options.ts';
import type { FormField } from './form-definition.ts';
import type { FieldAccess } from './task-binding.ts';

/** What a screen needs to know about a field besides its value. */
export interface FieldState {
  readonly visible: boolean;
  readonly required: boolean;
  readonly readonly: boolean;
  /** Only for fields with `x-options`. */
  readonly options?: readonly FieldOption[];
}

/** A field while the form is being evaluated. `value` is undefined when empty. */
export interface DecidedField {
  readonly field: FormField;
  readonly access: FieldAccess;
  readonly visible: boolean;
  readonly locked: boolean;
  readonly value: JsonValue | undefined;
}
