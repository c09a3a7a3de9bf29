import type { FieldKind } from '#engine';
import type { ConditionField, ConditionKind } from '../../condition-builder/condition-model.ts';
import { conditionType } from '../../condition-builder/condition-type.ts';
import type { FeelVariable } from '../../feel-editor/feel-variable.ts';
import { kindOfField } from '../canvas/field-model.ts';
import { shownText } from '../document/document-texts.ts';
import type { FieldEntry, FormDocument } from '../document/form-document.ts';
import { columnKey } from '../document/table-columns.ts';
import { choicesOf } from '../views/text-rows.ts';

/** What holds something else than a text, as far as conditions go. */
const CONDITION_KINDS: { readonly [K in FieldKind]?: ConditionKind } = {
  integer: 'number',
  decimal: 'number',
  money: 'money',
  percent: 'number',
  date: 'date',
  boolean: 'boolean',
  choice: 'choice',
  choices: 'list',
  files: 'list',
  signature: 'list',
  table: 'list',
};

const known = new WeakMap<FormDocument, readonly ConditionField[]>();

/** The fields that a condition may speak of, in the order of the form. */
export function conditionFields(document: FormDocument): readonly ConditionField[] {
  const before = known.get(document);
  if (before) return before;
  const fields = document.fieldOrder.map((id) => conditionField(document, document.fields[id]!));
  known.set(document, fields);
  return fields;
}

/** A field, or a column of a table, as lines of a condition see it. */
export function conditionField(document: FormDocument, field: FieldEntry): ConditionField {
  const { name } = field;
  const said = ofSchema(document, { ...field, name: columnKey(field) }, (value) =>
    shownText(document, `${name}.options.${value}`, value),
  );
  return { name, label: shownText(document, `${name}.label`, name), ...said };
}

/** @param labelOf the words of an option */
export function ofSchema(
  document: FormDocument,
  field: FieldEntry,
  labelOf: (value: string) => string,
): Pick<ConditionField, 'kind' | 'choices'> {
  const fieldKind = kindOfField(document, field);
  const values = choicesOf(field.schema);
  const listed = fieldKind === 'choice' && values.length === 0 ? 'text' : undefined;
  const kind = listed ?? (fieldKind && CONDITION_KINDS[fieldKind]) ?? 'text';
  const choices = values.map((value) => ({ value, label: labelOf(value) }));
  return { kind, ...(choices.length > 0 && { choices }) };
}

/** The same for the FEEL editor; what the process knows beside the form comes from the server. */
export function ruleVariables(document: FormDocument): readonly FeelVariable[] {
  return conditionFields(document).map((field) => ({
    name: field.name,
    label: field.label,
    type: conditionType(field),
  }));
}
