import { InvalidForm, readForm, type FieldKind, type FormField, type FormModel, type JsonValue } from '#engine';
import { choicesOf } from '../views/text-rows.ts';
import { textOf } from '../document/document-texts.ts';
import {
  isJsonObject,
  requiredNames,
  type FieldEntry,
  type FormDocument,
  type JsonObject,
  type LayoutEntry,
} from '../document/form-document.ts';

/** One field as a form of its own, so that the canvas can draw it with the viewer's inputs whatever the rest of the form is like. */
export interface FieldModel {
  readonly form: FormModel;
  readonly field: FormField;
  /** What is wrong with the description; then a plain text field stands in for it. */
  readonly problem: string | undefined;
}

/** Conditions look at other fields; on the canvas every field is shown, open and empty. */
const LEFT_OUT = ['x-visible', 'x-required', 'x-readonly', 'x-value', 'x-assert', 'x-options', 'x-bik', 'default'];
const known = new WeakMap<JsonObject, Map<string, FieldModel>>();

export function fieldModelOf(document: FormDocument, field: FieldEntry, control: LayoutEntry | undefined): FieldModel {
  const texts = textsOf(document, field);
  const options = control?.shell['options'];
  const required = requiredNames(document).includes(field.name) || field.schema['x-required'] === 'true';
  const key = JSON.stringify([field.name, texts, options, required]);
  const models = known.get(field.schema) ?? new Map<string, FieldModel>();
  known.set(field.schema, models);
  const before = models.get(key);
  if (before) return before;
  const made = makeModel(field, { texts, options, required });
  models.clear();
  models.set(key, made);
  return made;
}

export function kindOfField(document: FormDocument, field: FieldEntry): FieldKind | undefined {
  const model = fieldModelOf(document, field, undefined);
  return model.problem === undefined ? model.field.kind : undefined;
}

type Texts = { readonly ru: Readonly<Record<string, string>>; readonly en: Readonly<Record<string, string>> };
interface Look {
  readonly texts: Texts;
  readonly options: JsonObject[string] | undefined;
  readonly required: boolean;
}

function makeModel(field: FieldEntry, look: Look): FieldModel {
  try {
    return { ...read(field.name, standingAlone(field.schema), look), problem: undefined };
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error;
    const plain = { ...look, options: undefined };
    return { ...read(field.name, { type: 'string' }, plain), problem: error.problems[0]?.message ?? error.message };
  }
}

/** The field without what only the other fields of the form give a meaning; of a table its columns too. */
function standingAlone(schema: JsonObject): JsonObject {
  const { items, 'x-source': source } = schema;
  const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !LEFT_OUT.includes(keyword)));
  return {
    ...kept,
    ...('x-options' in schema && withStandIn(schema)),
    ...('x-value' in schema && { readOnly: true }),
    ...(isJsonObject(source) && { 'x-source': withoutForm(source) }),
    ...(isJsonObject(items) && isJsonObject(items['properties']) && { items: rowAlone(items, items['properties']) }),
  };
}

function rowAlone({ 'x-assert': _, ...items }: JsonObject, columns: JsonObject): JsonObject {
  const alone = Object.entries(columns).map(([key, column]): [string, JsonValue] => [
    key,
    isJsonObject(column) ? standingAlone(column) : column!,
  ]);
  return { ...items, properties: Object.fromEntries(alone) };
}

function withoutForm({ filter: _, fill: __, ...source }: JsonObject): JsonObject {
  return source;
}

function read(name: string, schema: JsonObject, { texts, options, required }: Look): Omit<FieldModel, 'problem'> {
  const items = isJsonObject(schema['items']) ? schema['items'] : undefined;
  const choices = [schema['enum'], items?.['enum']].find(Array.isArray) ?? [];
  const needed = Object.fromEntries((choices as readonly string[]).map((value) => [`${name}.options.${value}`, value]));
  const columns = isJsonObject(items?.['properties']) ? Object.keys(items['properties']) : [];
  for (const column of columns) needed[`${name}.${column}.label`] = column;
  for (const [column, inner] of Object.entries(isJsonObject(items?.['properties']) ? items['properties'] : {})) {
    const of = isJsonObject(inner) ? choicesOf(inner) : [];
    for (const value of of) needed[`${name}.${column}.options.${value}`] = value;
  }
  const form = readForm({
    $schema: 'form/1',
    key: 'canvas',
    title: { ru: '-' },
    data: { type: 'object', properties: { [name]: schema }, ...(required && { required: [name] }) },
    layout: {
      type: 'VerticalLayout',
      elements: [{ type: 'Control', scope: `#/properties/${name}`, ...(options !== undefined && { options }) }],
    },
    i18n: { ru: { [`${name}.label`]: name, ...needed, ...texts.ru }, en: texts.en },
  });
  return { form, field: form.fields[0]! };
}

/** A list that a rule computes has nothing to show while nothing is filled in. */
function withStandIn(schema: JsonObject): JsonObject {
  return schema['type'] === 'array' ? { items: { enum: ['…'] } } : { enum: ['…'] };
}

function textsOf(document: FormDocument, { name }: FieldEntry): Texts {
  const of = (language: string): Readonly<Record<string, string>> => {
    const entries = document.texts.find((table) => table.language === language)?.entries ?? [];
    const own = entries.filter(
      ({ key, text }) => key.startsWith(`${name}.`) && typeof text === 'string' && text !== '',
    );
    return Object.fromEntries(own.map(({ key }) => [key, textOf(document, language, key)!]));
  };
  return { ru: of('ru'), en: of('en') };
}
