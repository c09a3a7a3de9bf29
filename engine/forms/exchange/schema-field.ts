import type { JsonValue } from '../../json.ts';
import { KIND_OF_FORMAT } from '../kinds/field-kinds.ts';
import { isRecord } from '../json-checks.ts';
import type { ExchangeNotes } from './exchange-note.ts';
import { freeName, type FieldTexts, type JsonObject } from './form-draft.ts';
import { mergeSchema, type Schema } from './merge-schema.ts';
import { pointer, text } from './source-text.ts';

const LIMITS = [
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
] as const;

interface Place {
  readonly notes: ExchangeNotes;
  readonly root: Schema;
  readonly path: string;
}

/** What a property becomes, and which of its keywords went into it. */
export interface FieldReading {
  readonly schema: JsonObject;
  readonly reads: readonly string[];
  readonly options?: Readonly<Record<string, string>>;
  readonly columns?: Readonly<Record<string, FieldTexts>>;
}

/** One property, its references followed, as a field; undefined (with a note) when there is no kind for it. */
export function schemaField(property: Schema, place: Place): FieldReading | undefined {
  const { notes, path } = place;
  const choice = choicesOf(property);
  if (choice !== undefined) {
    const values = choice.map(({ value }) => value);
    if (values.length > 0 && values.every((value) => typeof value === 'string' && value !== '')) {
      return {
        schema: { type: 'string', enum: values as string[] },
        options: labelsOf(choice),
        reads: ['enum', 'oneOf', 'anyOf', 'enumNames', 'const', 'x-enumNames'],
      };
    }
    const simple = values.every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value));
    if (simple && values.some((value) => value !== null)) {
      notes.changed(path, {
        ru: 'Варианты хранятся строками: в исходной форме это были числа или другие значения.',
        en: 'The options are stored as strings; in the source they were numbers or other values.',
      });
      const kept = choice.filter(({ value }) => value !== null && value !== '');
      return {
        schema: { type: 'string', enum: kept.map(({ value }) => String(value)) },
        options: labelsOf(kept),
        reads: ['enum', 'oneOf', 'anyOf', 'enumNames', 'const'],
      };
    }
  }
  const type = typeOf(property);
  switch (type) {
    case 'string': {
      const { format } = property;
      if (format === 'data-url' || property['contentEncoding'] === 'base64') {
        notes.changed(path, {
          ru: 'Файл внутри данных стал полем файлов: содержимое хранится отдельно.',
          en: 'A file inside the data became a field of files: its content is stored apart.',
        });
        return {
          schema: { type: 'array', 'x-files': { kind: 'file' }, maxItems: 1 },
          reads: ['contentEncoding', 'contentMediaType', 'maxLength'],
        };
      }
      const known = typeof format === 'string' ? KIND_OF_FORMAT.get(format) : undefined;
      if (format !== undefined && known?.type !== 'string')
        notes.unknown(`${path}/format`, `format: ${JSON.stringify(format)}`);
      const withFormat = known?.type === 'string';
      const limits = pick(property, withFormat ? [] : LIMITS.slice(0, 3));
      return {
        schema: { type: 'string', ...(withFormat && { format: format as string }), ...limits },
        reads: withFormat ? [] : LIMITS,
      };
    }
    case 'integer':
    case 'number': {
      const { format } = property;
      const known = typeof format === 'string' ? KIND_OF_FORMAT.get(format) : undefined;
      const withFormat = known?.type === type;
      return {
        schema: { type, ...(withFormat && { format: format as string }), ...pick(property, LIMITS.slice(3)) },
        reads: LIMITS,
      };
    }
    case 'boolean':
      return { schema: { type: 'boolean' }, reads: [] };
    case 'array':
      return arrayOf(property, place);
    default:
      notes.lost(path, {
        ru: `Поле типа ${JSON.stringify(property['type'] ?? null)} не перенесено.`,
        en: `A field of type ${JSON.stringify(property['type'] ?? null)} was not carried over.`,
      });
      return undefined;
  }
}

function arrayOf(property: Schema, place: Place): FieldReading | undefined {
  const { notes, path } = place;
  const limits = pick(property, ['minItems', 'maxItems']);
  const reads = ['items', 'minItems', 'maxItems', 'uniqueItems'];
  const items = isRecord(property['items'])
    ? mergeSchema(property['items'], { ...place, path: `${path}/items` })
    : undefined;
  const choice = items && choicesOf(items);
  if (choice?.every(({ value }) => typeof value === 'string' && value !== '')) {
    return {
      schema: {
        type: 'array',
        items: { enum: choice.map(({ value }) => value as string) },
        uniqueItems: true,
        ...limits,
      },
      options: labelsOf(choice),
      reads,
    };
  }
  if (items !== undefined && isRecord(items['properties'])) {
    const required = Array.isArray(items['required']) ? items['required'] : [];
    const columns: Record<string, JsonValue> = {};
    const columnTexts: Record<string, FieldTexts> = {};
    const needed: string[] = [];
    for (const [name, raw] of Object.entries(items['properties'])) {
      const columnPlace = { ...place, path: `${path}/items/properties/${pointer(name)}` };
      if (!isRecord(raw)) continue;
      const column = mergeSchema(raw, columnPlace);
      const read = schemaField(column, columnPlace);
      if (read === undefined || read.columns !== undefined) continue;
      const key = freeName(name, (taken) => Object.hasOwn(columns, taken));
      columns[key] = read.schema;
      columnTexts[key] = {
        label: text(column['title']),
        help: text(column['description']),
        options: read.options ?? {},
      };
      if (required.includes(name)) needed.push(key);
    }
    if (Object.keys(columns).length > 0) {
      const row = { type: 'object', properties: columns, ...(needed.length > 0 && { required: needed }) };
      return { schema: { type: 'array', items: row, ...limits }, columns: columnTexts, reads };
    }
  }
  notes.lost(path, {
    ru: 'Список значений, которые не варианты и не строки таблицы, не перенесён.',
    en: 'A list of values that are neither options nor rows of a table was not carried over.',
  });
  return undefined;
}

interface Option {
  readonly value: unknown;
  readonly label?: string | undefined;
}

function choicesOf(schema: Schema): readonly Option[] | undefined {
  const names = schema['enumNames'] ?? schema['x-enumNames'];
  if (Array.isArray(schema['enum'])) {
    return schema['enum'].map((value: unknown, at) => ({
      value,
      label: Array.isArray(names) ? text(names[at]) : undefined,
    }));
  }
  for (const keyword of ['oneOf', 'anyOf']) {
    const list: unknown = schema[keyword];
    if (Array.isArray(list) && list.length > 0 && list.every((one) => isRecord(one) && 'const' in one)) {
      return (list as Schema[]).map((one) => ({ value: one['const'], label: text(one['title']) }));
    }
  }
  return undefined;
}

function labelsOf(options: readonly Option[]): Readonly<Record<string, string>> {
  return Object.fromEntries(options.map(({ value, label }) => [String(value), label ?? String(value)]));
}

/** `["string", "null"]` is how optional strings are written. */
export function typeOf({ type }: Schema): unknown {
  if (!Array.isArray(type)) return type;
  const others = type.filter((one) => one !== 'null');
  return others.length === 1 ? others[0] : undefined;
}

function pick(schema: Schema, keywords: readonly string[]): JsonObject {
  return Object.fromEntries(keywords.filter((key) => key in schema).map((key) => [key, schema[key] as JsonValue]));
}
