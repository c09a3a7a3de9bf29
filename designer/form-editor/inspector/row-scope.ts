import { kindOf, listType, type FieldKind, type StaticType } from '#engine';
import type { ConditionField } from '../../condition-builder/condition-model.ts';
import { conditionType } from '../../condition-builder/condition-type.ts';
import type { FeelVariable } from '../../feel-editor/feel-variable.ts';
import { kindOfField } from '../canvas/field-model.ts';
import type { FieldEntry, FormDocument } from '../document/form-document.ts';
import { columnKey, columnsOf } from '../document/table-columns.ts';
import { conditionField, conditionFields, ruleVariables } from './rule-scope.ts';

/** A rule that says `row.` somewhere says it of every cell; an older one may say none. */
const SAYS_ROW = /(?<![\w.])row\s*\./;

/** What the rule of a column may speak of: the cells of its row, then the fields of the form. */
export function rowConditionFields(document: FormDocument, table: FieldEntry, rule: string): readonly ConditionField[] {
  const plain = rule.trim() !== '' && !SAYS_ROW.test(rule);
  const columns = columnsOf(table);
  const keys = new Set(columns.map(columnKey));
  const cells = columns.map((column): ConditionField => {
    const key = columnKey(column);
    return { ...conditionField(document, column), name: plain ? key : `row.${key}` };
  });
  // A cell stands before a field of the form that is called alike.
  const outside = conditionFields(document)
    .filter(({ name }) => name !== table.name)
    .map((field) => (keys.has(field.name) ? { ...field, name: `parent.${field.name}` } : field));
  return [...cells, ...outside];
}

/** The same for the FEEL editor, with `row` and `parent` as a whole. */
export function rowVariables(document: FormDocument, table: FieldEntry): readonly FeelVariable[] {
  const cells = columnVariables(document, table);
  const form = formVariables(document);
  const keys = new Set(cells.map(({ name }) => name));
  return [
    { name: 'row', type: contextOf(cells) },
    { name: 'parent', type: contextOf(form) },
    ...cells,
    ...form.filter(({ name }) => !keys.has(name)),
  ];
}

/** The fields of the form; behind the name of a table stand its columns. */
export function formVariables(document: FormDocument): readonly FeelVariable[] {
  const tables = new Map(
    Object.values(document.fields).flatMap((field) =>
      columnsOf(field).length > 0 ? [[field.name, listType(contextOf(columnVariables(document, field)))] as const] : [],
    ),
  );
  return ruleVariables(document).map((variable) => {
    const type = tables.get(variable.name);
    return type === undefined ? variable : { ...variable, type };
  });
}

/** Null for a column that no kind fits. */
export function kindOfColumn(document: FormDocument, column: FieldEntry): FieldKind | null {
  return kindOfField(document, { ...column, name: columnKey(column) }) ?? null;
}

/** Sums make sense of these. */
export function isNumeric(kind: FieldKind | null): boolean {
  return kind !== null && ['integer', 'number'].includes(kindOf({ kind }).type);
}

function columnVariables(document: FormDocument, table: FieldEntry): readonly FeelVariable[] {
  return columnsOf(table).map((column) => {
    const field = conditionField(document, column);
    return { name: columnKey(column), label: field.label, type: conditionType(field) };
  });
}

function contextOf(variables: readonly FeelVariable[]): StaticType {
  return [
    { kind: 'context', open: false, entries: new Map(variables.map(({ name, type }) => [name, { type }])) },
  ] as StaticType;
}
