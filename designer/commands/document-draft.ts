import type { Draft } from 'immer';
import { mayStand, placeOf } from '../form-editor/document/document-tree.ts';
import { columnKey, fieldWithId, itemsOf, rowsOf } from '../form-editor/document/table-columns.ts';
import {
  isJsonObject,
  type FieldEntry,
  type FieldId,
  type FormDocument,
  type JsonObject,
  type LayoutEntry,
  type NodeId,
  type Place,
  type TextTable,
} from '../form-editor/document/form-document.ts';
import { CommandRefused } from './form-command.ts';

/**
 * What commands write with. Schemas, shells and text tables are always put in whole: the undo patch then holds the old object itself, so that
 * even the order of its keys comes back.
 */
export interface DocumentDraft {
  readonly draft: Draft<FormDocument>;
  /** The document before the command. */
  readonly before: FormDocument;
  /** A fresh `x-id`. */
  readonly stableId: () => string;
}

export function takeSerial({ draft }: DocumentDraft): number {
  const { serial } = draft;
  draft.serial = serial + 1;
  return serial;
}

export function addField(on: DocumentDraft, field: Omit<FieldEntry, 'id'>): FieldId {
  const id = `f${takeSerial(on)}`;
  on.draft.fields[id] = { ...field, id } as Draft<FieldEntry>;
  on.draft.fieldOrder.push(id);
  return id;
}

export function addNode(on: DocumentDraft, node: Omit<LayoutEntry, 'id'>, at: Place | null): NodeId {
  const id = `n${takeSerial(on)}`;
  on.draft.nodes[id] = { ...node, id } as Draft<LayoutEntry>;
  if (at) attach(on, id, at);
  return id;
}

export function addControl(on: DocumentDraft, fieldId: FieldId, at: Place, options?: JsonObject): NodeId {
  const shell = { type: 'Control', scope: null, ...(options && Object.keys(options).length > 0 && { options }) };
  return addNode(on, { type: 'Control', fieldId, children: null, shell }, at);
}

/** @throws CommandRefused when nothing may stand there */
export function attach({ draft }: DocumentDraft, id: NodeId, at: Place): void {
  const now = draft as FormDocument;
  if (!mayStand(now, id, at)) throw new CommandRefused(`Expected a container at <${at.parent}>, outside of <${id}>.`);
  const siblings = draft.nodes[at.parent]!.children!;
  siblings.splice(Math.max(0, Math.min(at.index, siblings.length)), 0, id);
}

export function detach({ draft }: DocumentDraft, id: NodeId): Place {
  const place = placeOf(draft, id);
  if (!place) throw new CommandRefused(`Expected <${id}> to stand inside the layout.`);
  draft.nodes[place.parent]!.children!.splice(place.index, 1);
  return place;
}

export function fieldOf({ draft }: DocumentDraft, id: FieldId): FieldEntry {
  const field = fieldWithId(draft, id);
  if (!field) throw new CommandRefused(`Expected a field <${id}>, but it is not there any more.`);
  return field;
}

export function nodeOf({ draft }: DocumentDraft, id: NodeId): LayoutEntry {
  const node = draft.nodes[id];
  if (!node) throw new CommandRefused(`Expected a layout element <${id}>, but it is not there any more.`);
  return node;
}

/** Of a field, of a column, or of the rows of a table. */
export function setSchema(on: DocumentDraft, id: FieldId, schema: JsonObject): void {
  const [tableId = ''] = id.split('/');
  const field = on.draft.fields[tableId]!;
  field.schema = (tableId === id ? schema : withInner(on, id, schema)) as Draft<JsonObject>;
}

/** The table's schema with another one for the column, which keeps its place, or for its rows. */
function withInner(on: DocumentDraft, id: FieldId, inner: JsonObject): JsonObject {
  const table = fieldOf(on, id.split('/')[0]!);
  if (id === rowsOf(table)) return withChanges(table.schema, { items: inner });
  const items = itemsOf(table.schema);
  const columns = isJsonObject(items['properties']) ? items['properties'] : {};
  const key = columnKey(fieldOf(on, id));
  return withChanges(table.schema, { items: withChanges(items, { properties: { ...columns, [key]: inner } }) });
}

export function setNodeShell({ draft }: DocumentDraft, id: NodeId, shell: JsonObject): void {
  draft.nodes[id]!.shell = shell as Draft<JsonObject>;
}

export function setTexts({ draft }: DocumentDraft, texts: readonly TextTable[]): void {
  draft.texts = texts as Draft<readonly TextTable[]>;
}

/** Keywords of `data` itself; undefined removes one. */
export function setData({ draft }: DocumentDraft, keyword: string, value: JsonObject[string] | undefined): void {
  const shell = draft.shell as JsonObject;
  draft.shell = { ...shell, data: withChanges(shell['data'] as JsonObject, { [keyword]: value }) } as Draft<JsonObject>;
}

/** The object with keys set in their place, new ones at the end, undefined ones gone. */
export function withChanges(
  json: JsonObject,
  changes: { readonly [keyword: string]: JsonObject[string] | undefined },
): JsonObject {
  const merged = Object.entries({ ...json, ...changes });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as JsonObject;
}
