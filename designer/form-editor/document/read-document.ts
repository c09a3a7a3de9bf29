import type { JsonValue } from '#engine';
import {
  isJsonObject,
  type FieldEntry,
  type FormDocument,
  type JsonObject,
  type LayoutEntry,
} from './form-document.ts';

/** The text is no form the editor can show; it can still be mended as JSON. */
export class NotAForm extends Error {
  override readonly name = 'NotAForm';
}

const SCOPE = /^#\/properties\/([^/]+)$/;

/**
 * Reads a definition into the editing model. It need not be a good form: what `readForm` refuses is shown as a problem; only what has
 * not the shape of a form at all is refused here. `writeDocument` gives the same definition back, key by key.
 * @throws NotAForm
 */
export function readDocument(definition: unknown): FormDocument {
  if (!isJsonObject(definition) || !isJsonObject(definition['data']) || !isJsonObject(definition['data']['properties']))
    throw new NotAForm('Expected {"$schema": "form/1", "data": {"type": "object", "properties": {…}}, …}.');
  const { data, layout, i18n } = definition;
  let serial = 1;
  const fields: Record<string, FieldEntry> = {};
  const byName = new Map<string, string>();
  for (const [name, schema] of Object.entries(data['properties'] as JsonObject)) {
    if (!isJsonObject(schema)) throw new NotAForm(`Expected the field "${name}" to be an object.`);
    const id = `f${serial++}`;
    fields[id] = { id, name, schema };
    byName.set(name, id);
  }
  const nodes: Record<string, LayoutEntry> = {};
  const read = (json: JsonValue | undefined): string => {
    if (!isJsonObject(json)) throw new NotAForm(`Expected a layout element, but found ${JSON.stringify(json)}.`);
    const id = `n${serial++}`;
    const { scope, elements } = json;
    const name = typeof scope === 'string' ? SCOPE.exec(scope)?.[1] : undefined;
    const fieldId = name === undefined ? null : (byName.get(name) ?? null);
    const children = Array.isArray(elements) ? (elements as readonly JsonValue[]).map(read) : null;
    nodes[id] = {
      id,
      type: typeof json['type'] === 'string' ? json['type'] : '',
      fieldId,
      children,
      shell: { ...json, ...(fieldId !== null && { scope: null }), ...(children && { elements: null }) },
    };
    return id;
  };
  const root = read(layout ?? implicitLayout([...byName.keys()]));
  if (nodes[root]!.children === null)
    throw new NotAForm('Expected the layout to be a container, such as VerticalLayout.');
  const texts = Object.entries(isJsonObject(i18n) ? i18n : {}).map(([language, table]) => {
    if (!isJsonObject(table)) throw new NotAForm(`Expected i18n of "${language}" to be a table of texts.`);
    return { language, entries: Object.entries(table).map(([key, text]) => ({ key, text: text! })) };
  });
  const shell: JsonObject = {
    ...definition,
    data: { ...data, properties: null },
    ...('layout' in definition && { layout: null }),
    ...('i18n' in definition && { i18n: null }),
  };
  return { shell, fields, fieldOrder: Object.keys(fields), nodes, root, texts, serial };
}

/** How a form without a layout is shown: all fields in one column. */
export function implicitLayout(names: readonly string[]): JsonObject {
  const elements = names.map((name) => ({ type: 'Control', scope: `#/properties/${name}` }));
  return { type: 'VerticalLayout', elements };
}
