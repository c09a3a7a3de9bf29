import type { JsonValue } from '../json.ts';
import type { FormField, FormModel } from './form-definition.ts';
import type { FormProblem } from './invalid-form.ts';
import { ProblemList } from './invalid-form.ts';

/** What one task does with a form (`reglament:formBinding`). Nothing given = everything readable and writable. */
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

/** What the binding lets the person do with the field. Computed and `readOnly` fields are never writable. */
export function accessTo(field: FormField, binding: TaskBinding): FieldAccess {
  const inReadable = binding.readable === undefined || binding.readable.includes(field.name);
  const listed = binding.writable === undefined ? inReadable : binding.writable.includes(field.name);
  const writable = listed && !field.readOnly && field.rules.value === undefined;
  return {
    readable: inReadable || writable,
    writable,
    requiredHere: writable && (binding.requiredHere?.includes(field.name) ?? false),
  };
}

/** The stored variables that may be sent to the person's browser: values of the form's readable fields. */
export function projectStored(
  form: FormModel,
  binding: TaskBinding,
  stored: Readonly<Record<string, JsonValue>>,
): Record<string, JsonValue> {
  const shown = form.fields.filter((field) => Object.hasOwn(stored, field.name) && accessTo(field, binding).readable);
  return Object.fromEntries(shown.map((field) => [field.name, stored[field.name]!]));
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

/** Problems of a binding against its form, for deployment. Paths point into the binding. */
export function checkBinding(form: FormModel, binding: TaskBinding): readonly FormProblem[] {
  const list = new ProblemList();
  for (const part of ['readable', 'writable', 'requiredHere'] as const) {
    binding[part]?.forEach((name, index) => {
      const field = form.fieldsByName.get(name);
      const path = `/${part}/${index}`;
      if (!field)
        list.add(
          path,
          `The form "${form.key}" has no field "${name}"`,
          `Fields are ${[...form.fieldsByName.keys()].join(', ')}.`,
        );
      else if (part === 'writable' && field.rules.value)
        list.add(path, `"${name}" is computed and cannot be written`, 'Remove it from writable.');
      else if (part === 'requiredHere' && !accessTo(field, binding).writable)
        list.add(path, `"${name}" is required here but not writable here`, 'Add it to writable.');
    });
  }
  return list.problems;
}
