import type { JsonValue } from '#engine';
import { subtreeOf } from './document-tree.ts';
import {
  isJsonObject,
  requiredNames,
  type FormDocument,
  type JsonObject,
  type NodeId,
  type TextTable,
} from './form-document.ts';
import { writeNode } from './write-document.ts';

/** A piece of a form as it lies on the clipboard: what is needed to put it into any other form. */
export interface FormFragment {
  readonly $schema: 'form-fragment/1';
  readonly layout: readonly JsonObject[];
  readonly properties: { readonly [name: string]: JsonObject };
  readonly required: readonly string[];
  readonly i18n: { readonly [language: string]: JsonObject };
}

/** The nodes with everything inside them, their fields and their texts. */
export function fragmentOf(document: FormDocument, ids: readonly NodeId[]): FormFragment {
  const inner = new Set(
    ids.flatMap((id) =>
      subtreeOf(document, id)
        .slice(1)
        .map((node) => node.id),
    ),
  );
  const outer = [...new Set(ids)].filter((id) => !inner.has(id));
  const nodes = outer.flatMap((id) => subtreeOf(document, id));
  const fields = nodes.flatMap(({ fieldId }) => (fieldId === null ? [] : [document.fields[fieldId]!]));
  const names = new Set(fields.map(({ name }) => name));
  const keys = new Set([
    ...nodes.flatMap(({ shell }) => nodeKeys(shell)),
    ...fields.flatMap(({ schema }) => messageKeys(schema)),
  ]);
  const belongs = (key: string): boolean => keys.has(key) || names.has(key.split('.')[0]!);
  return {
    $schema: 'form-fragment/1',
    layout: outer.map((id) => writeNode(document, id)),
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    required: requiredNames(document).filter((name) => names.has(name)),
    i18n: Object.fromEntries(document.texts.map((table) => [table.language, textsWhere(table, belongs)])),
  };
}

/** What lies on the clipboard, if it is a piece of a form. */
export function readFragment(text: string): FormFragment | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isJsonObject(json) || json['$schema'] !== 'form-fragment/1') return null;
  const { layout, properties, required, i18n } = json;
  const sound =
    Array.isArray(layout) &&
    layout.every(isJsonObject) &&
    isJsonObject(properties) &&
    Object.values(properties).every(isJsonObject) &&
    Array.isArray(required) &&
    isJsonObject(i18n) &&
    Object.values(i18n).every(isJsonObject);
  // A file has a title besides, and whatever else somebody wrote into it stays there.
  return sound ? ({ $schema: json['$schema'], layout, properties, required, i18n } as unknown as FormFragment) : null;
}

/** Text keys of a group, a note or a tab. */
export function nodeKeys(shell: JsonObject): readonly string[] {
  const { i18n } = shell;
  return typeof i18n === 'string' ? [`${i18n}.label`, `${i18n}.text`, `${i18n}.help`] : [];
}

/** Text keys of the assertions of a field; of a table also those of its rows and columns. */
export function messageKeys(schema: JsonObject): readonly string[] {
  const { 'x-assert': asserts, items } = schema;
  const own = Array.isArray(asserts) ? (asserts as readonly JsonValue[]) : [];
  const columns = isJsonObject(items) && isJsonObject(items['properties']) ? Object.values(items['properties']) : [];
  return [
    ...own.flatMap((entry) => (isJsonObject(entry) && typeof entry['message'] === 'string' ? [entry['message']] : [])),
    ...(isJsonObject(items) ? messageKeys(items) : []),
    ...columns.filter((column) => isJsonObject(column)).flatMap(messageKeys),
  ];
}

function textsWhere({ entries }: TextTable, belongs: (key: string) => boolean): JsonObject {
  return Object.fromEntries(entries.filter(({ key }) => belongs(key)).map(({ key, text }) => [key, text]));
}
