import { readRegister, type RegisterModel, type TaskBinding } from '#engine';
import type { RegisterDetail } from '#contract';

/** A register opened for editing: its model, and the form that its rows are filled in. */
export interface OpenRegister {
  readonly model: RegisterModel;
  /** The same object as long as the definition is: the viewer opens a new form for a new one. */
  readonly form: unknown;
}

const opened = new WeakMap<object, OpenRegister>();

/** @throws InvalidRegister for a definition of a newer release */
export function openRegister({ definition }: RegisterDetail): OpenRegister {
  const json = definition as Readonly<Record<string, unknown>>;
  const known = opened.get(json);
  if (known) return known;
  const { key, title, data, layout, i18n } = json;
  const form = { $schema: 'form/1', key, title, data, i18n, ...(layout !== undefined && { layout }) };
  const open = { model: readRegister(json), form };
  opened.set(json, open);
  return open;
}

/** The key of a row that exists is never written. */
export function bindingOf({ form, keyField }: RegisterModel, exists: boolean): TaskBinding {
  const names = form.fields.map(({ name }) => name);
  return exists ? { readable: names, writable: names.filter((name) => name !== keyField) } : {};
}
