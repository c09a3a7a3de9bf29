import type { JsonValue } from '../json.ts';
import type { TableDecision } from './decide-table.ts';
import type { FieldOption } from './field-options.ts';
import type { FormField } from './form-definition.ts';
import type { FieldAccess } from './task-binding.ts';

/** What a screen needs to know about a field besides its value. */
export interface FieldState {
  readonly visible: boolean;
  readonly required: boolean;
  /** Of a table: rows can be neither added nor removed. */
  readonly readonly: boolean;
  /** Only for fields with `x-options`. */
  readonly options?: readonly FieldOption[];
  /** Only of a table. A row that did not change is the same object as before. */
  readonly rowStates?: readonly RowState[];
}

export interface RowState {
  readonly rowId: string;
  /** By the key of the column. */
  readonly cells: Readonly<Record<string, CellState>>;
}

export interface CellState extends FieldState {
  /** As computed, restored or normalised; what is being typed is the screen's. */
  readonly value: JsonValue | undefined;
}

/** A field while the form is being evaluated. `value` is undefined when empty. */
export interface DecidedField {
  readonly field: FormField;
  readonly access: FieldAccess;
  readonly visible: boolean;
  readonly locked: boolean;
  readonly value: JsonValue | undefined;
  readonly table?: TableDecision;
}
