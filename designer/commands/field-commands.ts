import { freeName, isFieldName, isMadeFrom, nameFromLabel } from '../form-editor/document/field-name.ts';
import {
  dataShell,
  isJsonObject,
  requiredNames,
  stableIdOf,
  type FieldId,
  type JsonObject,
} from '../form-editor/document/form-document.ts';
import { messageKeys } from '../form-editor/document/form-fragment.ts';
import { textOf, withKeys } from '../form-editor/document/document-texts.ts';
import { controlOf } from '../form-editor/document/document-tree.ts';
import { columnKey, tableOf } from '../form-editor/document/table-columns.ts';
import { renameColumn, requireColumn, takenKeys } from './column-commands.ts';
import {
  addControl,
  addField,
  fieldOf,
  setData,
  setSchema,
  setTexts,
  withChanges,
  type DocumentDraft,
} from './document-draft.ts';
import { foreignKeys, renameInRules, renameTexts, writeTexts } from './rewrite-names.ts';
import { CommandRefused, type FormCommand } from './form-command.ts';

type Of<K extends FormCommand['kind']> = Extract<FormCommand, { kind: K }>;

export function insertField(on: DocumentDraft, command: Of<'insertField'>): string {
  const label = command.texts['label']?.ru ?? '';
  const name = freeName(command.name ?? nameFromLabel(label), takenNames(on));
  const fieldId = addField(on, { name, schema: { ...command.schema, 'x-id': on.stableId() } });
  if (command.required === true) setRequired(on, name, true);
  for (const [part, pair] of Object.entries(command.texts)) writeTexts(on, `${name}.${part}`, pair);
  return addControl(on, fieldId, command.at, command.options);
}

/** The name, wherever it is written: rules of every field, required, texts, assertions. Of a column it is its key. */
export function rename(on: DocumentDraft, { fieldId, name }: Omit<Of<'rename'>, 'kind'>): void {
  const field = fieldOf(on, fieldId);
  if (tableOf(on.draft, fieldId)) return renameColumn(on, { columnId: fieldId, key: name });
  if (field.name === name) return;
  if (!isFieldName(name) || takenNames(on).has(name))
    throw new CommandRefused(`Expected a free name of a field, but found "${name}".`);
  const old = field.name;
  // What identified the field so far is its name: from here on it is written down.
  if (!('x-id' in field.schema)) setSchema(on, fieldId, { ...field.schema, 'x-id': stableIdOf(field) });
  renameInRules(on, old, name);
  on.draft.fields[fieldId]!.name = name;
  const required = requiredNames(on.draft);
  if (required.includes(old))
    setData(
      on,
      'required',
      required.map((one) => (one === old ? name : one)),
    );
  renameTexts(on, old, name);
}

export function relabel(on: DocumentDraft, { fieldId, text, follow }: Of<'relabel'>): void {
  const { name } = fieldOf(on, fieldId);
  const table = tableOf(on.draft, fieldId);
  const key = table ? columnKey({ name }) : name;
  const label = textOf(on.draft, 'ru', `${name}.label`) ?? '';
  writeTexts(on, `${name}.label`, { ru: text });
  if (!follow || text.trim() === '' || !isMadeFrom(key, label) || isMadeFrom(key, text)) return;
  const others = new Set(table ? takenKeys(table) : takenNames(on));
  others.delete(key);
  rename(on, { fieldId, name: freeName(nameFromLabel(text), others) });
}

export function removeField(on: DocumentDraft, { fieldId }: Of<'removeField'>): void {
  const { name, schema } = fieldOf(on, fieldId);
  if (controlOf(on.draft, fieldId))
    throw new CommandRefused(`Expected "${name}" to stand in the tray; take it out of the layout first.`);
  const messages = new Set(messageKeys(schema));
  delete on.draft.fields[fieldId];
  on.draft.fieldOrder.splice(on.draft.fieldOrder.indexOf(fieldId), 1);
  setRequired(on, name, false);
  const asserts = dataShell(on.draft)['x-assert'];
  if (Array.isArray(asserts)) {
    const left = asserts.filter((entry) => !(isJsonObject(entry) && entry['at'] === `/${name}`));
    if (left.length < asserts.length) setData(on, 'x-assert', left.length > 0 ? left : undefined);
  }
  const kept = foreignKeys(on);
  setTexts(
    on,
    withKeys(on.draft.texts, (key) =>
      !kept.has(key) && (messages.has(key) || key.startsWith(`${name}.`)) ? null : key,
    ),
  );
}

export function update(on: DocumentDraft, { fieldId, changes }: Of<'update'>): void {
  setSchema(on, fieldId, withChanges(fieldOf(on, fieldId).schema, changes));
}

export function require(on: DocumentDraft, { fieldId, required }: Of<'require'>): void {
  const field = fieldOf(on, fieldId);
  if (tableOf(on.draft, fieldId)) requireColumn(on, { columnId: fieldId, required });
  else setRequired(on, field.name, required);
}

/** What every field has whatever its kind, and what only lists have. */
const KEPT = ['x-id', 'x-visible', 'x-required', 'x-readonly', 'x-assert', 'readOnly'];

export function retype(on: DocumentDraft, { fieldId, schema, texts }: Of<'retype'>): void {
  const { name, schema: before } = fieldOf(on, fieldId);
  const kept = Object.fromEntries(Object.entries(before).filter(([keyword]) => KEPT.includes(keyword)));
  setSchema(on, fieldId, { ...schema, ...kept });
  for (const part of ['options', 'pattern']) renameTexts(on, `${name}.${part}`, undefined);
  for (const [part, pair] of Object.entries(texts)) writeTexts(on, `${name}.${part}`, pair);
}

export function setOptions(on: DocumentDraft, { fieldId, options }: Of<'setOptions'>): void {
  const { name, schema } = fieldOf(on, fieldId);
  const values = options.map(({ value }) => value);
  const list = schema['type'] === 'array';
  const items = isJsonObject(schema['items']) ? schema['items'] : {};
  setSchema(on, fieldId, withChanges(schema, list ? { items: { ...items, enum: values } } : { enum: values }));
  const prefix = `${name}.options.`;
  const kept = new Set(values.map((value) => prefix + value));
  setTexts(
    on,
    withKeys(on.draft.texts, (key) => (key.startsWith(prefix) && !kept.has(key) ? null : key)),
  );
  for (const { value, ...pair } of options) writeTexts(on, prefix + value, pair);
}

export function setRequired(on: DocumentDraft, name: string, required: boolean): void {
  const names = requiredNames(on.draft);
  if (names.includes(name) === required) return;
  setData(on, 'required', required ? [...names, name] : names.filter((one) => one !== name));
}

export function takenNames({ draft }: DocumentDraft): ReadonlySet<string> {
  return new Set(Object.values(draft.fields).map(({ name }) => name));
}

export function schemaOf(on: DocumentDraft, fieldId: FieldId | null): JsonObject {
  return fieldId === null ? dataShell(on.draft) : fieldOf(on, fieldId).schema;
}
