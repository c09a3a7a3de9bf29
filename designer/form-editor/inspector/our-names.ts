import { shownText } from '../document/document-texts.ts';
import type { FieldEntry, FormDocument } from '../document/form-document.ts';
import { columnKey, columnsOf, tableOf } from '../document/table-columns.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What the filter of a look-up may read: the cells of its own row, then the fields of the form. */
export function ourNames(document: FormDocument, field: FieldEntry): readonly Choice[] {
  return [
    ...cellsBeside(document, field).map((cell) => choiceOf(document, cell, `row.${columnKey(cell)}`)),
    ...fieldsBeside(document, field).map((one) => choiceOf(document, one, `form.${one.name}`)),
  ];
}

/** What choosing a row may fill in: in a table the cells of the row, else the fields of the form. Nobody writes a computed one. */
export function fillTargets(document: FormDocument, field: FieldEntry): readonly Choice[] {
  const inside = tableOf(document, field.id) !== undefined;
  return (inside ? cellsBeside(document, field) : fieldsBeside(document, field))
    .filter(({ schema }) => !('x-value' in schema) && schema['readOnly'] !== true)
    .map((one) => choiceOf(document, one, columnKey(one)));
}

function cellsBeside(document: FormDocument, field: FieldEntry): readonly FieldEntry[] {
  const table = tableOf(document, field.id);
  return table ? columnsOf(table).filter(({ id }) => id !== field.id) : [];
}

function fieldsBeside(document: FormDocument, field: FieldEntry): readonly FieldEntry[] {
  const table = tableOf(document, field.id);
  return document.fieldOrder
    .map((id) => document.fields[id]!)
    .filter((one) => one.id !== field.id && one.id !== table?.id && columnsOf(one).length === 0);
}

function choiceOf(document: FormDocument, { name }: FieldEntry, value: string): Choice {
  return { value, label: shownText(document, `${name}.label`, value) };
}
