import {
  isJsonObject,
  stableIdOf,
  type FieldEntry,
  type FieldId,
  type FormDocument,
  type JsonObject,
  type LayoutEntry,
} from './form-document.ts';

/** Ends the id of what stands for the rows of a table as a whole: its `items`, which hold checks of their own. */
const ROWS = '*';

/** `row` and `parent` mean something else in a column's rule, and `rowId` is the form's own. */
export const RESERVED_KEYS: readonly string[] = ['row', 'parent', 'rowId'];

/**
 * The columns of a table in the order of its data, as fields called `works.qty`, which is also what their texts begin with. Their ids lead to
 * them through the table (`f3/f_8Qz`), so that every command that takes a field takes a column. Empty for any other field.
 */
export function columnsOf({ id, name, schema }: FieldEntry): readonly FieldEntry[] {
  const { properties } = itemsOf(schema);
  return Object.entries(isJsonObject(properties) ? properties : {}).map(([key, column]): FieldEntry => {
    const own = { name: key, schema: isJsonObject(column) ? column : {} };
    return { ...own, id: `${id}/${stableIdOf({ ...own, id })}`, name: `${name}.${key}` };
  });
}

/** A field, a column, or the rows of a table, by its id. */
export function fieldWithId({ fields }: FormDocument, id: FieldId): FieldEntry | undefined {
  const [tableId = '', column] = id.split('/');
  const field = fields[tableId];
  if (column === undefined || field === undefined) return field;
  if (column === ROWS) return { id, name: field.name, schema: itemsOf(field.schema) };
  return columnsOf(field).find((one) => one.id === id);
}

export function rowsOf({ id }: FieldEntry): FieldId {
  return `${id}/${ROWS}`;
}

export function isRows(id: FieldId): boolean {
  return id.endsWith(`/${ROWS}`);
}

/** Of a column its table, of the rows too; undefined for a field of the form itself. */
export function tableOf({ fields }: FormDocument, id: FieldId): FieldEntry | undefined {
  return id.includes('/') ? fields[id.split('/')[0]!] : undefined;
}

/** What the column is called inside of a row. */
export function columnKey({ name }: Pick<FieldEntry, 'name'>): string {
  return name.slice(name.indexOf('.') + 1);
}

/** As they are shown: those that the control lists come first. */
export function shownColumns(table: FieldEntry, control: LayoutEntry | undefined): readonly FieldEntry[] {
  const columns = columnsOf(table);
  const listed = listedColumns(control).flatMap(({ key }) => columns.find((one) => columnKey(one) === key) ?? []);
  return [...new Set([...listed, ...columns])];
}

/** `options.columns` of a table's control. */
export function listedColumns(control: LayoutEntry | undefined): readonly { key: string; width?: number }[] {
  const listed = optionsOf(control)['columns'];
  if (!Array.isArray(listed)) return [];
  return (listed as readonly unknown[]).flatMap((entry) => {
    if (typeof entry === 'string') return [{ key: entry }];
    if (!isJsonObject(entry) || typeof entry['column'] !== 'string') return [];
    const { column: key, width } = entry;
    return [typeof width === 'number' ? { key, width } : { key }];
  });
}

/** `options.totals`: columns whose sum stands below. */
export function totalledColumns(control: LayoutEntry | undefined): readonly string[] {
  const totals = optionsOf(control)['totals'];
  return Array.isArray(totals) ? (totals as readonly unknown[]).filter((key) => typeof key === 'string') : [];
}

export function itemsOf(schema: JsonObject): JsonObject {
  return isJsonObject(schema['items']) ? schema['items'] : {};
}

function optionsOf(control: LayoutEntry | undefined): JsonObject {
  const options = control?.shell['options'];
  return isJsonObject(options) ? options : {};
}
