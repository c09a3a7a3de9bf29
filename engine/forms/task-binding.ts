import type { JsonValue } from '../json.ts';
import { ROW_ID, storedRows } from './align-rows.ts';
import { fieldNamed, type FormField, type FormModel, type TableShape } from './form-definition.ts';
import type { FormProblem } from './invalid-form.ts';
import { ProblemList } from './invalid-form.ts';

/**
 * What one task does with a form (`reglament:formBinding`). Nothing given = everything readable and writable. A table's name alone means
 * all of its columns; with columns named beside it (`works`, `works.qty`) only those. In `writable` the table's own name lets rows be
 * added and removed; columns without it may be written in the rows that are there.
 */
export interface TaskBinding {
  readonly readable?: readonly string[];
  /** Defaults to `readable`. A field that is writable is readable too. */
  readonly writable?: readonly string[];
  /** Fields that must be filled at this step, besides the form's own rules. */
  readonly requiredHere?: readonly string[];
}

export interface FieldAccess {
  readonly readable: boolean;
  readonly writable: boolean;
  readonly requiredHere: boolean;
}

/** What the binding lets the person do with the field or column. Computed and `readOnly` fields are never writable. */
export function accessTo(field: FormField, binding: TaskBinding): FieldAccess {
  const inReadable = binding.readable === undefined || isListed(binding.readable, field);
  const listed = binding.writable === undefined ? inReadable : isListed(binding.writable, field);
  const rows = (binding.writable ?? binding.readable)?.includes(field.name) ?? true;
  const writable = (field.table ? rows : listed) && !field.readOnly && field.rules.value === undefined;
  const readable = field.table
    ? inReadable || field.table.columns.some((column) => accessTo(column, binding).readable)
    : inReadable;
  return {
    readable: readable || writable,
    writable,
    requiredHere: writable && (binding.requiredHere?.includes(field.name) ?? false),
  };
}

function isListed(names: readonly string[], { name, column }: FormField): boolean {
  if (column === undefined || names.includes(name)) return names.includes(name);
  return names.includes(column.table) && !names.some((other) => other.startsWith(`${column.table}.`));
}

/** The stored variables that may be sent to the person's browser: values of the form's readable fields. */
export function projectStored(
  form: FormModel,
  binding: TaskBinding,
  stored: Readonly<Record<string, JsonValue>>,
): Record<string, JsonValue> {
  const shown = form.fields.filter((field) => Object.hasOwn(stored, field.name) && accessTo(field, binding).readable);
  return Object.fromEntries(
    shown.map((field) => [
      field.name,
      field.table ? projectRows(field.table, binding, stored[field.name]!) : stored[field.name]!,
    ]),
  );
}

/** Rows with their identity and the columns the person may see; null when what is stored is no list. */
function projectRows({ columns }: TableShape, binding: TaskBinding, stored: JsonValue): JsonValue {
  if (!Array.isArray(stored)) return null;
  const keys = columns.filter((column) => accessTo(column, binding).readable).map(({ column }) => column!.key);
  return storedRows(stored).map(({ rowId, values }) => ({
    [ROW_ID]: rowId,
    ...Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(values, key) ? [[key, values[key]!]] : []))),
  }));
}

/** What the form starts with: the stored values and, where nothing is stored, the defaults of writable fields. A draft goes on top. */
export function initialValues(
  form: FormModel,
  binding: TaskBinding,
  stored: Readonly<Record<string, JsonValue>>,
): Record<string, JsonValue> {
  const values = projectStored(form, binding, stored);
  for (const field of form.fields) {
    const empty = (values[field.name] ?? null) === null;
    if (empty && field.defaultValue !== undefined && accessTo(field, binding).writable)
      values[field.name] = field.defaultValue;
  }
  return values;
}

/** What a row added by a person starts with: the defaults of the columns that may be written here. */
export function newRow({ columns }: TableShape, binding: TaskBinding, rowId: string): Record<string, JsonValue> {
  const defaults = columns.filter((column) => column.defaultValue !== undefined && accessTo(column, binding).writable);
  return {
    [ROW_ID]: rowId,
    ...Object.fromEntries(defaults.map(({ column, defaultValue }) => [column!.key, defaultValue!])),
  };
}

export interface BindingProblem {
  readonly kind: 'unknown' | 'computed' | 'notWritable';
  readonly part: 'readable' | 'writable' | 'requiredHere';
  readonly index: number;
  readonly name: string;
}

/** What a binding asks of its form in vain. */
export function bindingProblems(form: FormModel, binding: TaskBinding): readonly BindingProblem[] {
  return (['readable', 'writable', 'requiredHere'] as const).flatMap((part) =>
    (binding[part] ?? []).flatMap((name, index): readonly BindingProblem[] => {
      const field = fieldNamed(form, name);
      if (!field) return [{ kind: 'unknown', part, index, name }];
      if (part === 'writable' && field.rules.value) return [{ kind: 'computed', part, index, name }];
      const inVain = part === 'requiredHere' && !accessTo(field, binding).writable;
      return inVain ? [{ kind: 'notWritable', part, index, name }] : [];
    }),
  );
}

/** The same in words, for whoever checks files. Paths point into the binding. */
export function checkBinding(form: FormModel, binding: TaskBinding): readonly FormProblem[] {
  const list = new ProblemList();
  for (const { kind, part, index, name } of bindingProblems(form, binding)) {
    const path = `/${part}/${index}`;
    if (kind === 'unknown')
      list.add(
        path,
        `The form "${form.key}" has no field "${name}"`,
        `Fields are ${[...form.fieldsByName.keys()].join(', ')}.`,
      );
    else if (kind === 'computed')
      list.add(path, `"${name}" is computed and cannot be written`, 'Remove it from writable.');
    else list.add(path, `"${name}" is required here but not writable here`, 'Add it to writable.');
  }
  return list.problems;
}
