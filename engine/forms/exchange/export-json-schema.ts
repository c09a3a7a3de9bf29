import type { JsonValue } from '../../json.ts';
import { fieldLabel, formText, type FormField, type FormLanguage, type FormModel } from '../form-definition.ts';
import { isRecord } from '../json-checks.ts';
import type { ExchangeNotes } from './exchange-note.ts';
import type { JsonObject } from './form-draft.ts';
import { simpleCondition } from './simple-condition.ts';
import { pointer } from './source-text.ts';

/** A form that is on its way out, in one language. */
export interface Export {
  readonly form: FormModel;
  readonly definition: JsonObject;
  readonly language: FormLanguage;
  readonly notes: ExchangeNotes;
}

/** Formats that JSON Schema itself knows; the checks behind the others (ИНН, phone, money) stay here. */
const STANDARD_FORMATS = ['date', 'time', 'date-time', 'email', 'duration'];

/**
 * The data of a form as JSON Schema 2020-12 with its texts as titles. A condition under which a field is required becomes
 * `if`/`then` where it asks about one field; what a form computes, hides or asserts has no place in a schema and is noted.
 */
export function exportJsonSchema(out: Export): JsonObject {
  const { form, definition, language } = out;
  const data = definition['data'] as JsonObject;
  const source = data['properties'] as Readonly<Record<string, JsonObject>>;
  const properties: Record<string, JsonValue> = {};
  const conditions: JsonValue[] = [];
  for (const field of form.fields) {
    const path = `/data/properties/${pointer(field.name)}`;
    properties[field.name] = exportField(field, source[field.name]!, { ...out, path });
    const required = source[field.name]!['x-required'];
    if (typeof required !== 'string') continue;
    const condition = simpleCondition(required);
    if (condition === undefined) lostRule(out.notes, `${path}/x-required`, required);
    else conditions.push(ifThen(condition.field, { asked: condition.schema, then: { required: [field.name] } }));
  }
  for (const at of ['x-assert'] as const) if (at in data) lostRule(out.notes, `/data/${at}`, at);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: form.title[language] ?? form.title.ru,
    type: 'object',
    properties,
    ...(Array.isArray(data['required']) && { required: data['required'] }),
    ...(conditions.length > 0 && { allOf: conditions }),
  };
}

function ifThen(field: string, { asked, then }: { readonly asked: JsonObject; readonly then: JsonObject }): JsonObject {
  // `required` beside the question: without it an absent field would satisfy `if` (JSON Schema validates what is there).
  const wantsEmpty = asked['type'] === 'null';
  const question: JsonObject = wantsEmpty
    ? { not: { required: [field] } }
    : { properties: { [field]: asked }, required: [field] };
  return { if: question, then };
}

function exportField(field: FormField, schema: JsonObject, out: Export & { readonly path: string }): JsonObject {
  const { form, language, notes, path } = out;
  const kept: Record<string, JsonValue> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'x-required' || keyword === 'x-id') continue;
    if (keyword.startsWith('x-')) {
      if (keyword !== 'x-files') lostRule(notes, `${path}/${keyword}`, typeof value === 'string' ? value : keyword);
    } else if (keyword === 'format' && !STANDARD_FORMATS.includes(value as string)) {
      notes.lost(`${path}/format`, {
        ru: `Формат «${value as string}» в JSON Schema не существует: его проверки остались здесь.`,
        en: `JSON Schema has no format "${value as string}": its checks stay here.`,
      });
    } else kept[keyword] = value;
  }
  const title = { title: fieldLabel(form, language, field) };
  const help = formText(form, language, `${field.name}.help`);
  const texts = help === undefined ? title : { ...title, description: help };
  if (field.files !== undefined) {
    notes.changed(path, {
      ru: 'Файлы стали списком ссылок: содержимое не экспортируется.',
      en: 'Files became a list of references: their content is not exported.',
    });
    return { ...texts, ...kept, type: 'array', items: { type: 'object' } };
  }
  if (Array.isArray(kept['enum'])) {
    const { enum: values, ...others } = kept;
    return { ...texts, ...others, type: 'string', oneOf: optionsOf(field, values as readonly string[], out) };
  }
  const { items } = kept;
  if (isRecord(items) && Array.isArray(items['enum'])) {
    return { ...texts, ...kept, items: { type: 'string', oneOf: optionsOf(field, items['enum'] as string[], out) } };
  }
  if (isRecord(items) && isRecord(items['properties']))
    return { ...texts, ...kept, items: exportRow(field, items, out) };
  return { ...texts, ...kept };
}

function exportRow(table: FormField, items: JsonObject, out: Export & { readonly path: string }): JsonObject {
  const columns = items['properties'] as Readonly<Record<string, JsonObject>>;
  const properties = table.table!.columns.map((column): readonly [string, JsonValue] => {
    const { key } = column.column!;
    const path = `${out.path}/items/properties/${pointer(key)}`;
    const required = columns[key]!['x-required'];
    if (typeof required === 'string') lostRule(out.notes, `${path}/x-required`, required);
    return [key, exportField(column, columns[key]!, { ...out, path })];
  });
  const { 'x-assert': assert, ...others } = items;
  if (assert !== undefined) lostRule(out.notes, `${out.path}/items/x-assert`, 'x-assert');
  return { ...others, properties: Object.fromEntries(properties) };
}

function optionsOf(field: FormField, values: readonly string[], { form, language }: Export): JsonValue {
  return values.map((value) => ({
    const: value,
    title: formText(form, language, `${field.name}.options.${value}`) ?? value,
  }));
}

export function lostRule(notes: ExchangeNotes, path: string, rule: string): void {
  notes.lost(path, {
    ru: `Правило «${rule}» не переносится: в этом формате такого нет.`,
    en: `The rule "${rule}" is not portable: that format has nothing like it.`,
  });
}
