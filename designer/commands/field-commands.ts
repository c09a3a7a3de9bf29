import { freeName, isFieldName, isMadeFrom, nameFromLabel } from '../form-editor/document/field-name.ts';
import {
  dataShell,
  isJsonObject,
  requiredNames,
  stableIdOf,
  type FieldId,
  type FormDocument,
  type JsonObject,
} from '../form-editor/document/form-document.ts';
import { messageKeys, nodeKeys } from '../form-editor/document/form-fragment.ts';
import { renameInSchema } from '../form-editor/document/rename-in-rule.ts';
import { textOf, withKeys, withText } from '../form-editor/document/document-texts.ts';
import { controlOf } from '../form-editor/document/document-tree.ts';
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
import { CommandRefused, type FormCommand, type TextPair } from './form-command.ts';

type Of<K extends FormCommand['kind']> = Extract<FormCommand, { kind: K }>;

export function insertField(on: DocumentDraft, command: Of<'insertField'>): string {
  const label = command.texts['label']?.ru ?? '';
  const name = freeName(command.name ?? nameFromLabel(label), takenNames(on));
  const fieldId = addField(on, { name, schema: { ...command.schema, 'x-id': on.stableId() } });
  if (command.required === true) setRequired(on, name, true);
  for (const [part, pair] of Object.entries(command.texts)) writeTexts(on, `${name}.${part}`, pair);
  return addControl(on, fieldId, command.at, command.options);
}

/** The name, wherever it is written: rules of every field, required, texts, assertions. */
export function rename(on: DocumentDraft, { fieldId, name }: Omit<Of<'rename'>, 'kind'>): void {
  const field = fieldOf(on, fieldId);
  if (field.name === name) return;
  if (!isFieldName(name) || takenNames(on).has(name))
    throw new CommandRefused(`Expected a free name of a field, but found "${name}".`);
  const names = new Map([[field.name, name]]);
  const old = field.name;
  // What identified the field so far is its name: from here on it is written down.
  if (!('x-id' in field.schema)) setSchema(on, fieldId, { ...field.schema, 'x-id': stableIdOf(field) });
  on.draft.fields[fieldId]!.name = name;
  for (const id of on.draft.fieldOrder) {
    const schema = fieldOf(on, id).schema;
    const renamed = renameInSchema(schema, names);
    if (renamed !== schema) setSchema(on, id, renamed);
  }
  const data = dataShell(on.draft);
  const required = requiredNames(on.draft);
  if (required.includes(old))
    setData(
      on,
      'required',
      required.map((one) => (one === old ? name : one)),
    );
  const asserts = renameInSchema(data, names)['x-assert'];
  if (JSON.stringify(asserts) !== JSON.stringify(data['x-assert'])) setData(on, 'x-assert', asserts);
  const kept = foreignKeys(on);
  setTexts(
    on,
    withKeys(on.draft.texts, (key) =>
      key.startsWith(`${old}.`) && !kept.has(key) ? name + key.slice(old.length) : key,
    ),
  );
}

export function relabel(on: DocumentDraft, { fieldId, text, follow }: Of<'relabel'>): void {
  const { name } = fieldOf(on, fieldId);
  const label = textOf(on.draft, 'ru', `${name}.label`) ?? '';
  writeTexts(on, `${name}.label`, { ru: text });
  if (!follow || text.trim() === '' || !isMadeFrom(name, label) || isMadeFrom(name, text)) return;
  const others = new Set(takenNames(on));
  others.delete(name);
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
  setRequired(on, fieldOf(on, fieldId).name, required);
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

export function setColumns(on: DocumentDraft, { fieldId, columns }: Of<'setColumns'>): void {
  const { name, schema } = fieldOf(on, fieldId);
  const items = isJsonObject(schema['items']) ? schema['items'] : { type: 'object' };
  const before = isJsonObject(items['properties']) ? Object.keys(items['properties']) : [];
  const names = new Map(columns.map(({ key, was = key }) => [was, key]));
  const required = Array.isArray(items['required']) ? (items['required'] as readonly string[]) : [];
  const mustBeFilled = required.flatMap((key) => names.get(key) ?? []);
  const properties = Object.fromEntries(columns.map((column) => [column.key, column.schema]));
  const changes = { properties, required: mustBeFilled.length > 0 ? mustBeFilled : undefined };
  setSchema(on, fieldId, withChanges(schema, { items: withChanges(items, changes) }));
  setTexts(
    on,
    withKeys(on.draft.texts, (key) => {
      const [owner, column = '', ...rest] = key.split('.');
      if (owner !== name || rest.length === 0 || !before.includes(column)) return key;
      const now = names.get(column);
      return now === undefined ? null : [name, now, ...rest].join('.');
    }),
  );
  for (const { key, ru, en } of columns)
    writeTexts(on, `${name}.${key}.label`, { ...(ru !== undefined && { ru }), ...(en !== undefined && { en }) });
}

export function setRequired(on: DocumentDraft, name: string, required: boolean): void {
  const names = requiredNames(on.draft);
  if (names.includes(name) === required) return;
  setData(on, 'required', required ? [...names, name] : names.filter((one) => one !== name));
}

/** Writes the languages given; an empty text removes the entry, because a form may not hold one. */
export function writeTexts(on: DocumentDraft, key: string, pair: TextPair): void {
  for (const [language, text] of Object.entries(pair)) {
    const texts = on.draft.texts as FormDocument['texts'];
    setTexts(on, withText(texts, { language, key, text: text === '' ? undefined : text }));
  }
}

export function takenNames({ draft }: DocumentDraft): ReadonlySet<string> {
  return new Set(Object.values(draft.fields).map(({ name }) => name));
}

/** Texts of groups, notes and assertions: they may begin with the name of a field and still not be its own. */
function foreignKeys({ draft }: DocumentDraft): ReadonlySet<string> {
  const document = draft as FormDocument;
  const schemas: readonly JsonObject[] = [
    dataShell(document),
    ...Object.values(document.fields).map((one) => one.schema),
  ];
  return new Set([
    ...Object.values(document.nodes).flatMap(({ shell }) => nodeKeys(shell)),
    ...schemas.flatMap(messageKeys),
  ]);
}

export function schemaOf(on: DocumentDraft, fieldId: FieldId | null): JsonObject {
  return fieldId === null ? dataShell(on.draft) : fieldOf(on, fieldId).schema;
}
