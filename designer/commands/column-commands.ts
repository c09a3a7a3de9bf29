import { freeName, isFieldName, nameFromLabel } from '../form-editor/document/field-name.ts';
import { controlOf } from '../form-editor/document/document-tree.ts';
import {
  isJsonObject,
  stableIdOf,
  type FieldEntry,
  type FieldId,
  type JsonObject,
  type NodeId,
} from '../form-editor/document/form-document.ts';
import {
  columnKey,
  columnsOf,
  itemsOf,
  listedColumns,
  RESERVED_KEYS,
  shownColumns,
  tableOf,
  totalledColumns,
} from '../form-editor/document/table-columns.ts';
import { messageKeys } from '../form-editor/document/form-fragment.ts';
import { withKeys } from '../form-editor/document/document-texts.ts';
import { fieldOf, setSchema, setTexts, withChanges, type DocumentDraft } from './document-draft.ts';
import { renameInRules, renameTexts, writeTexts } from './rewrite-names.ts';
import { CommandRefused, type FormCommand } from './form-command.ts';
import { updateOptions } from './layout-commands.ts';

type Of<K extends FormCommand['kind']> = Extract<FormCommand, { kind: K }>;

/** The table's control is what is selected afterwards. */
export function insertColumn(on: DocumentDraft, command: Of<'insertColumn'>): NodeId | undefined {
  const table = fieldOf(on, command.fieldId);
  const key = freeName(nameFromLabel(command.texts['label']?.ru ?? ''), takenKeys(table));
  const column = { ...command.schema, 'x-id': on.stableId() };
  arrange(on, table, (shown) => {
    const at = Math.max(0, Math.min(command.index, shown.length));
    return [...shown.slice(0, at), [key, column], ...shown.slice(at)];
  });
  for (const [part, pair] of Object.entries(command.texts)) writeTexts(on, `${table.name}.${key}.${part}`, pair);
  if (command.required === true) setRequiredKeys(on, table.id, (keys) => [...keys, key]);
  return controlOf(on.draft, table.id)?.id;
}

export function moveColumn(on: DocumentDraft, { columnId, index }: Of<'moveColumn'>): NodeId | undefined {
  const { table, key } = columnAt(on, columnId);
  arrange(on, table, (shown) => {
    const from = shown.findIndex(([other]) => other === key);
    const left = shown.filter((_, at) => at !== from);
    // The place was chosen with the column still standing before it.
    left.splice(from < index ? index - 1 : index, 0, shown[from]!);
    return left;
  });
  return controlOf(on.draft, table.id)?.id;
}

/** @throws CommandRefused for the last one: a table without columns is none */
export function removeColumn(on: DocumentDraft, { columnId }: Of<'removeColumn'>): NodeId | undefined {
  const { table, key } = columnAt(on, columnId);
  if (columnsOf(table).length < 2) throw new CommandRefused('Expected another column to stay in the table.');
  const messages = new Set(messageKeys(fieldOf(on, columnId).schema));
  setRequiredKeys(on, table.id, (keys) => keys.filter((other) => other !== key));
  arrange(on, fieldOf(on, table.id), (shown) => shown.filter(([other]) => other !== key));
  setTexts(
    on,
    withKeys(on.draft.texts, (text) => (messages.has(text) ? null : text)),
  );
  renameTexts(on, `${table.name}.${key}`, undefined);
  return controlOf(on.draft, table.id)?.id;
}

/** The key in the table, in every rule, in the texts and in the layout. */
export function renameColumn(
  on: DocumentDraft,
  { columnId, key }: { readonly columnId: FieldId; readonly key: string },
): void {
  const { table, key: old, column } = columnAt(on, columnId);
  if (old === key) return;
  if (!isFieldName(key) || takenKeys(table).has(key))
    throw new CommandRefused(`Expected a free key of a column, but found "${key}".`);
  const [was, is] = [`${table.name}.${old}`, `${table.name}.${key}`];
  renameInRules(on, was, is);
  setRequiredKeys(on, table.id, (keys) => keys.map((one) => (one === old ? key : one)));
  // What identified the column so far is its key: from here on it is written down.
  const identity = { 'x-id': stableIdOf({ ...column, name: old }) };
  arrange(
    on,
    fieldOf(on, table.id),
    (shown) => shown.map(([one, schema]) => (one === old ? [key, { ...schema, ...identity }] : [one, schema])),
    new Map([[old, key]]),
  );
  renameTexts(on, was, is);
}

export function requireColumn(
  on: DocumentDraft,
  { columnId, required }: { readonly columnId: FieldId; readonly required: boolean },
): void {
  const { table, key } = columnAt(on, columnId);
  setRequiredKeys(on, table.id, (keys) => {
    const others = keys.filter((one) => one !== key);
    return required ? [...others, key] : others;
  });
}

/** Also the words that mean something else in a row. */
export function takenKeys(table: FieldEntry): ReadonlySet<string> {
  return new Set([...RESERVED_KEYS, ...columnsOf(table).map(columnKey)]);
}

function columnAt(on: DocumentDraft, columnId: FieldId) {
  const column = fieldOf(on, columnId);
  const table = tableOf(on.draft, columnId);
  if (table === undefined) throw new CommandRefused(`Expected <${columnId}> to be a column of a table.`);
  return { column, key: columnKey(column), table: fieldOf(on, table.id) };
}

type Shown = readonly (readonly [key: string, schema: JsonObject])[];

/** The columns in the order in which they are shown, put in another one: in the data, and where the layout lists them. */
function arrange(
  on: DocumentDraft,
  table: FieldEntry,
  change: (shown: Shown) => Shown,
  renamed: ReadonlyMap<string, string> = new Map(),
): void {
  const control = controlOf(on.draft, table.id);
  const { schema } = table;
  const shown = shownColumns(table, control).map(
    (column) => [columnKey(column), fieldOf(on, column.id).schema] as const,
  );
  const next = change(shown);
  const keys = next.map(([key]) => key);
  const { properties } = itemsOf(schema);
  // A rename alone changes no order, also not that of the data behind the order of the layout.
  const before = Object.keys(isJsonObject(properties) ? properties : {}).map((key) => renamed.get(key) ?? key);
  const order = renamed.size > 0 ? before : keys;
  const columns = Object.fromEntries(order.map((key) => [key, next.find(([one]) => one === key)![1]]));
  setSchema(on, table.id, withChanges(schema, { items: withChanges(itemsOf(schema), { properties: columns }) }));
  if (!control) return;
  const listed = listedColumns(control).map(({ key, ...width }) => ({ key: renamed.get(key) ?? key, ...width }));
  const totals = totalledColumns(control).map((key) => renamed.get(key) ?? key);
  const rows = keys.map((key) => {
    const { width } = listed.find((one) => one.key === key) ?? {};
    return width === undefined ? key : { column: key, width };
  });
  const kept = totals.filter((key) => keys.includes(key));
  const changes = {
    ...(listed.length > 0 && { columns: rows }),
    ...(totals.length > 0 && { totals: kept.length > 0 ? kept : undefined }),
  };
  if (Object.keys(changes).length > 0) updateOptions(on, { kind: 'updateOptions', nodeId: control.id, changes });
}

function setRequiredKeys(
  on: DocumentDraft,
  tableId: FieldId,
  change: (keys: readonly string[]) => readonly string[],
): void {
  const { schema } = fieldOf(on, tableId);
  const items = itemsOf(schema);
  const before = Array.isArray(items['required']) ? (items['required'] as readonly string[]) : [];
  const next = change(before);
  if (next.join() === before.join()) return;
  const required = next.length > 0 ? next : undefined;
  setSchema(on, tableId, withChanges(schema, { items: withChanges(items, { required }) }));
}
