import { freeName } from '../form-editor/document/field-name.ts';
import { fragmentOf, nodeKeys, type FormFragment } from '../form-editor/document/form-fragment.ts';
import { placeAfter, placeOf } from '../form-editor/document/document-tree.ts';
import {
  isJsonObject,
  type FieldId,
  type JsonObject,
  type NodeId,
  type Place,
} from '../form-editor/document/form-document.ts';
import { renameInSchema } from '../form-editor/document/rename-in-rule.ts';
import { addField, addNode, type DocumentDraft } from './document-draft.ts';
import { setRequired, takenNames } from './field-commands.ts';
import { writeTexts } from './rewrite-names.ts';
import type { FormCommand } from './form-command.ts';
import { CommandRefused } from './form-command.ts';
import { freeTextKey } from './layout-commands.ts';

type Of<K extends FormCommand['kind']> = Extract<FormCommand, { kind: K }>;

/**
 * Puts a fragment in with names, identities and text keys that are free here. Its rules go on meaning the fields that came along; what
 * they say of fields left behind stays as written, for lint to name.
 */
export function paste(on: DocumentDraft, { fragment, at }: Of<'paste'>): NodeId {
  const names = new Map<string, string>();
  const taken = new Set(takenNames(on));
  for (const name of Object.keys(fragment.properties)) {
    const free = freeName(name, taken);
    names.set(name, free);
    taken.add(free);
  }
  const fieldIds = new Map<string, FieldId>();
  const textKeys = new Map<string, string>();
  for (const [name, schema] of Object.entries(fragment.properties)) {
    const renamed = withFreeMessages(renameInSchema(schema, names, name), names.get(name)!, textKeys);
    const fieldId = addField(on, { name: names.get(name)!, schema: { ...renamed, 'x-id': on.stableId() } });
    fieldIds.set(name, fieldId);
    if (fragment.required.includes(name)) setRequired(on, names.get(name)!, true);
  }
  const created = fragment.layout.map((node, index) =>
    pasteNode({ on, fieldIds, textKeys }, node, { parent: at.parent, index: at.index + index }),
  );
  pasteTexts(on, fragment, { names, textKeys });
  const [first] = created;
  if (first === undefined) throw new CommandRefused('Expected a fragment with something in it.');
  return first;
}

export function duplicate(on: DocumentDraft, { nodeIds }: Of<'duplicate'>): NodeId {
  const document = on.before;
  if (nodeIds.includes(document.root))
    throw new CommandRefused('Expected a part of the form, but this is the form itself.');
  const standing = nodeIds.filter((id) => placeOf(document, id));
  const last = standing.at(-1);
  if (last === undefined) throw new CommandRefused('Expected something to duplicate.');
  return paste(on, { kind: 'paste', fragment: fragmentOf(document, standing), at: placeAfter(document, last) });
}

interface Pasting {
  readonly on: DocumentDraft;
  readonly fieldIds: ReadonlyMap<string, FieldId>;
  /** Old text key or its stem → the one that is free here. */
  readonly textKeys: Map<string, string>;
}

function pasteNode(pasting: Pasting, json: JsonObject, at: Place | null): NodeId {
  const { on, fieldIds, textKeys } = pasting;
  const { type, scope, elements, i18n } = json;
  const name = typeof scope === 'string' ? scope.replace('#/properties/', '') : '';
  const fieldId = fieldIds.get(name) ?? null;
  let shell: JsonObject = {
    ...json,
    ...(fieldId !== null && { scope: null }),
    ...(Array.isArray(elements) && { elements: null }),
  };
  if (typeof i18n === 'string') {
    const key = freeTextKey(on.draft, i18n.split('.')[0]!);
    for (const old of nodeKeys(json)) textKeys.set(old, key + old.slice(i18n.length));
    shell = { ...shell, i18n: key };
  }
  const children = Array.isArray(elements) ? [] : null;
  const id = addNode(on, { type: typeof type === 'string' ? type : '', fieldId, children, shell }, at);
  if (Array.isArray(elements))
    (elements as readonly unknown[])
      .filter(isJsonObject)
      .forEach((child, index) => pasteNode(pasting, child, { parent: id, index }));
  return id;
}

function pasteTexts(
  on: DocumentDraft,
  { i18n }: FormFragment,
  { names, textKeys }: { readonly names: ReadonlyMap<string, string>; readonly textKeys: ReadonlyMap<string, string> },
): void {
  for (const [language, table] of Object.entries(i18n)) {
    for (const [key, text] of Object.entries(table)) {
      const [owner = ''] = key.split('.');
      const name = names.get(owner);
      const renamed = textKeys.get(key) ?? (name === undefined ? undefined : name + key.slice(owner.length));
      if (renamed !== undefined && typeof text === 'string') writeTexts(on, renamed, { [language]: text });
    }
  }
}

/** Messages of assertions get keys under the new name, so that two copies never share a sentence; in a table those of rows and columns too. */
function withFreeMessages(schema: JsonObject, name: string, textKeys: Map<string, string>): JsonObject {
  const own = withOwnFreeMessages(schema, name, textKeys);
  const { items } = own;
  if (!isJsonObject(items) || !isJsonObject(items['properties'])) return own;
  const columns = Object.entries(items['properties']).map(([key, column]): [string, JsonObject[string]] => [
    key,
    isJsonObject(column) ? withOwnFreeMessages(column, `${name}_${key}`, textKeys) : column!,
  ]);
  const rows = withOwnFreeMessages(items, `${name}_row`, textKeys);
  return { ...own, items: { ...rows, properties: Object.fromEntries(columns) } };
}

function withOwnFreeMessages(schema: JsonObject, name: string, textKeys: Map<string, string>): JsonObject {
  const asserts = schema['x-assert'];
  if (!Array.isArray(asserts)) return schema;
  const renamed = (asserts as readonly JsonObject[string][]).map((entry, index) => {
    if (!isJsonObject(entry) || typeof entry['message'] !== 'string') return entry!;
    const message = `assert.${name}${index + 1}`;
    textKeys.set(entry['message'], message);
    return { ...entry, message };
  });
  return { ...schema, 'x-assert': renamed };
}
