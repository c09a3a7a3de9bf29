import { assertNever } from '../../assert-never.ts';
import type { JsonValue } from '../../json.ts';
import { fieldLabel, formText, type FormField, type LayoutNode } from '../form-definition.ts';
import type { Export } from './export-json-schema.ts';
import { lostRule } from './export-json-schema.ts';
import type { JsonObject } from './form-draft.ts';
import { pointer } from './source-text.ts';

/** The schema version that Camunda 8.8 writes. */
const SCHEMA_VERSION = 19;

/** A form of form-js (Camunda 8): FEEL stays FEEL, `x-visible` turns into `hide`. */
export function exportFormJs(out: Export): JsonObject {
  const { form, definition, notes } = out;
  if ('x-assert' in (definition['data'] as JsonObject)) lostRule(notes, '/data/x-assert', 'x-assert');
  const submit = formText(form, out.language, 'submit');
  return {
    type: 'default',
    id: form.key,
    schemaVersion: SCHEMA_VERSION,
    executionPlatform: 'Camunda Cloud',
    components: [
      ...components(form.layout, out),
      ...(submit === undefined ? [] : [{ type: 'button', action: 'submit', label: submit }]),
    ],
  };
}

function components(node: LayoutNode, out: Export, row?: string): readonly JsonObject[] {
  const { form, language } = out;
  const textOf = (key: string): string => formText(form, language, key) ?? key;
  const inRow: JsonObject = row === undefined ? {} : { layout: { row } };
  switch (node.kind) {
    case 'control':
      return [{ ...fieldComponent(form.fieldsByName.get(node.field)!, out), ...inRow }];
    case 'divider':
      return [{ type: 'separator', ...inRow }];
    case 'label':
    case 'markdown':
      return [{ type: 'text', text: textOf(`${node.i18n}.text`), ...inRow }];
    // Tabs and steps have no counterpart (form-js issues 68 and 1551): each becomes a group.
    case 'category':
    case 'group': {
      const inner = node.children.flatMap((child) => components(child, out));
      return [{ type: 'group', label: textOf(`${node.i18n}.label`), components: inner, ...inRow }];
    }
    case 'horizontal':
      return node.children.flatMap((child) => components(child, out, node.id));
    case 'vertical':
    case 'categorization':
      return node.children.flatMap((child) => components(child, out));
    default:
      return assertNever(node);
  }
}

function fieldComponent(field: FormField, out: Export): JsonObject {
  const properties = (out.definition['data'] as JsonObject)['properties'] as Readonly<Record<string, JsonObject>>;
  const schema = properties[field.name]!;
  const path = `/data/properties/${pointer(field.name)}`;
  return field.table ? tableComponent(field, { schema, path }, out) : component(field, { schema, path }, out);
}

interface Written {
  readonly schema: JsonObject;
  /** Where it stands in the definition. */
  readonly path: string;
}

/** A list whose lines are filled in below each other: form-js has no table that is written in. */
function tableComponent(table: FormField, { schema, path }: Written, out: Export): JsonObject {
  const items = schema['items'] as JsonObject;
  const columns = items['properties'] as Readonly<Record<string, JsonObject>>;
  for (const limit of ['minItems', 'maxItems']) if (limit in schema) lostRule(out.notes, `${path}/${limit}`, limit);
  if ('x-assert' in items) lostRule(out.notes, `${path}/items/x-assert`, 'x-assert');
  const { key, validate: _validate, ...list } = component(table, { schema, path }, out);
  return {
    ...list,
    path: key!,
    isRepeating: true,
    allowAddRemove: !table.readOnly,
    components: table.table!.columns.map((column) => {
      const member = column.column!.key;
      const place = { schema: columns[member]!, path: `${path}/items/properties/${pointer(member)}` };
      return component(column, place, out);
    }),
  };
}

function component(field: FormField, { schema, path }: Written, out: Export): JsonObject {
  const { form, language, notes } = out;
  const type = typeOf(field, schema);
  const help = formText(form, language, `${field.name}.help`);
  for (const keyword of ['x-required', 'x-assert', 'x-source', 'x-mask']) {
    const rule = schema[keyword];
    if (rule !== undefined) lostRule(notes, `${path}/${keyword}`, typeof rule === 'string' ? rule : keyword);
  }
  const { limits } = field;
  const validate: Record<string, JsonValue> = {
    ...(field.required && { required: true }),
    ...(type === 'textfield' || type === 'textarea' ? lengths(schema) : {}),
    ...(limits.minimum !== undefined && { min: limits.minimum }),
    ...(limits.maximum !== undefined && { max: limits.maximum }),
    ...(field.kind === 'email' && { validationType: 'email' }),
    ...(field.kind === 'phone' && { validationType: 'phone' }),
  };
  if (type === 'textfield' && typeof schema['format'] === 'string' && !['email', 'phone'].includes(field.kind)) {
    notes.lost(`${path}/format`, {
      ru: `Формат «${schema['format']}» в form-js не существует: поле станет строкой без проверки.`,
      en: `form-js has no format "${schema['format']}": the field becomes a text without that check.`,
    });
  }
  const { 'x-visible': visible, 'x-readonly': locked, 'x-value': value, default: fallback } = schema;
  const base = {
    key: field.column?.key ?? field.name,
    label: fieldLabel(form, language, field),
    ...(help !== undefined && { description: help }),
    ...(typeof visible === 'string' && { conditional: { hide: `=not(${visible})` } }),
  };
  if (typeof value === 'string') return { ...base, type: 'expression', expression: `=${value}`, computeOn: 'change' };
  return {
    ...base,
    type,
    ...(Object.keys(validate).length > 0 && { validate }),
    ...(fallback !== undefined && { defaultValue: fallback }),
    ...(schema['readOnly'] === true
      ? { readonly: true }
      : typeof locked === 'string'
        ? { readonly: `=${locked}` }
        : {}),
    ...particulars(field, schema, out),
  };
}

function typeOf(field: FormField, schema: JsonObject): string {
  switch (field.kind) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return 'number';
    case 'boolean':
      return 'checkbox';
    case 'date':
      return 'datetime';
    case 'choice':
      return field.widget === 'radio' ? 'radio' : 'select';
    case 'choices':
      return field.widget === 'checklist' ? 'checklist' : 'taglist';
    case 'files':
    case 'signature':
      return 'filepicker';
    case 'table':
      return 'dynamiclist';
    default:
      if (['time', 'date-time'].includes(schema['format'] as string)) return 'datetime';
      return field.widget === 'textarea' ? 'textarea' : 'textfield';
  }
}

function particulars(field: FormField, schema: JsonObject, { form, language }: Export): JsonObject {
  const options = (field.choices ?? []).map((value) => ({
    value,
    label: formText(form, language, `${field.name}.options.${value}`) ?? value,
  }));
  const listed = schema['x-options'];
  switch (typeOf(field, schema)) {
    case 'number':
      return schema['type'] === 'integer' ? { decimalDigits: 0 } : {};
    case 'datetime':
      return { subtype: schema['format'] === 'date-time' ? 'datetime' : (schema['format'] ?? 'date') };
    case 'radio':
    case 'select':
    case 'checklist':
    case 'taglist':
      return typeof listed === 'string' ? { valuesExpression: `=${listed}` } : { values: options };
    case 'filepicker':
      return { multiple: field.limits.maxItems !== 1 };
    default:
      return {};
  }
}

function lengths(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    ['minLength', 'maxLength', 'pattern'].filter((key) => key in schema).map((key) => [key, schema[key]!]),
  );
}
