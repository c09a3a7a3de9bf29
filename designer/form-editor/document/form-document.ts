import type { JsonValue } from '#engine';

export type JsonObject = { readonly [key: string]: JsonValue };
export type FieldId = string;
export type NodeId = string;

/** One property of `data`. The id is this session's; what lasts is `x-id` in the schema (`stableIdOf`). */
export interface FieldEntry {
  readonly id: FieldId;
  readonly name: string;
  readonly schema: JsonObject;
}

/** One element of `layout`. What the editor does not model stays in `shell`, so that writing loses nothing. */
export interface LayoutEntry {
  readonly id: NodeId;
  readonly type: string;
  /** Null: no control, or one whose scope leads nowhere (then the scope stands in `shell`). */
  readonly fieldId: FieldId | null;
  /** The element as written; `scope` and `elements` are null where the model holds them. */
  readonly shell: JsonObject;
  /** Null: takes no children. */
  readonly children: readonly NodeId[] | null;
}

export interface TextEntry {
  readonly key: string;
  readonly text: JsonValue;
}

export interface TextTable {
  readonly language: string;
  readonly entries: readonly TextEntry[];
}

/**
 * A form definition as it is edited: both trees as maps by id, with lists where the order counts. Rows that are referred to by
 * id survive renames and moves; an undo puts back the very same rows. Commands alone change it (`designer/commands`).
 */
export interface FormDocument {
  /** The definition without what stands below: `data.properties`, `layout` and `i18n` are null and keep their places. */
  readonly shell: JsonObject;
  readonly fields: { readonly [id: FieldId]: FieldEntry };
  readonly fieldOrder: readonly FieldId[];
  readonly nodes: { readonly [id: NodeId]: LayoutEntry };
  readonly root: NodeId;
  readonly texts: readonly TextTable[];
  /** Of the next row that is made. */
  readonly serial: number;
}

/** Somewhere in the layout: before the child that stands at `index`. */
export interface Place {
  readonly parent: NodeId;
  readonly index: number;
}

/** Containers in which fields may be put. */
export const CONTAINERS = ['VerticalLayout', 'HorizontalLayout', 'Group', 'Category', 'Categorization'] as const;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What identifies the field across versions. Without an `x-id` it is the name, which is then written down when it changes. */
export function stableIdOf({ name, schema }: FieldEntry): string {
  return typeof schema['x-id'] === 'string' ? schema['x-id'] : name;
}

/** The schema of the form as a whole, without its properties. */
export function dataShell(document: FormDocument): JsonObject {
  return document.shell['data'] as JsonObject;
}

export function requiredNames(document: FormDocument): readonly string[] {
  const { required } = dataShell(document);
  return Array.isArray(required) ? (required as readonly string[]) : [];
}

/** Of a column (`works.qty`) too: those of a row are listed in the `items` of its table. */
export function isRequired(document: FormDocument, name: string): boolean {
  const [owner, key] = name.split('.');
  if (key === undefined) return requiredNames(document).includes(name);
  const table = Object.values(document.fields).find((field) => field.name === owner);
  const items = table?.schema['items'];
  const required = isJsonObject(items) ? items['required'] : undefined;
  return Array.isArray(required) && (required as readonly string[]).includes(key);
}

export function formKeyOf({ shell }: FormDocument): string {
  return typeof shell['key'] === 'string' ? shell['key'] : '';
}

/** What people call the form; in Russian where there is no other title, and its key where there is none at all. */
export function titleOf(document: FormDocument, language: 'ru' | 'en'): string {
  const title = isJsonObject(document.shell['title']) ? document.shell['title'] : {};
  const text = [title[language], title['ru']].find((one) => typeof one === 'string' && one !== '');
  return typeof text === 'string' ? text : formKeyOf(document);
}
