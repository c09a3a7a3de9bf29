import { dataShell, type FormDocument, type JsonObject, type NodeId } from './form-document.ts';
import { implicitLayout } from './read-document.ts';

const written = new WeakMap<FormDocument, JsonObject>();

/** The definition as JSON. The same document gives the same object, so that `readForm` may remember what it made of it. */
export function writeDocument(document: FormDocument): JsonObject {
  const known = written.get(document);
  if (known) return known;
  const { shell, fields, fieldOrder, root, texts } = document;
  const properties = Object.fromEntries(fieldOrder.map((id) => [fields[id]!.name, fields[id]!.schema]));
  const layout = writeNode(document, root);
  const i18n = Object.fromEntries(
    texts.map(({ language, entries }) => [language, Object.fromEntries(entries.map(({ key, text }) => [key, text]))]),
  );
  const definition: JsonObject = {
    ...shell,
    data: { ...dataShell(document), properties },
    ...(hasLayout(document, layout) && { layout }),
    ...(('i18n' in shell || texts.length > 0) && { i18n }),
  };
  written.set(document, definition);
  return definition;
}

/** One element of the layout with everything in it. */
export function writeNode(document: FormDocument, id: NodeId): JsonObject {
  const { shell, fieldId, children } = document.nodes[id]!;
  return {
    ...shell,
    ...(fieldId !== null && { scope: `#/properties/${document.fields[fieldId]!.name}` }),
    ...(children && { elements: children.map((child) => writeNode(document, child)) }),
  };
}

/** A form that came without a layout keeps none as long as its fields stand in one column. */
function hasLayout({ shell, fields, fieldOrder }: FormDocument, layout: JsonObject): boolean {
  if ('layout' in shell) return true;
  return JSON.stringify(layout) !== JSON.stringify(implicitLayout(fieldOrder.map((id) => fields[id]!.name)));
}
