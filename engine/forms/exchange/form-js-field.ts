import type { JsonValue } from '../../json.ts';
import { isRecord } from '../json-checks.ts';
import { KIND_OF_FORMAT } from '../kinds/field-kinds.ts';
import type { ExchangeNotes } from './exchange-note.ts';
import { freeName, type FieldTexts, type JsonObject } from './form-draft.ts';
import { text } from './source-text.ts';

export type Component = Readonly<Record<string, unknown>>;

interface Place {
  readonly notes: ExchangeNotes;
  readonly path: string;
}

/** What a component becomes, and which of its keys went into it. */
export interface Reading {
  readonly schema: JsonObject;
  readonly reads: readonly string[];
  readonly widget?: string;
  readonly texts?: FieldTexts;
  readonly columns?: Readonly<Record<string, FieldTexts>>;
}

/** One component of form-js that holds a value; undefined when there is no kind for it. */
export function formJsField(component: Component, place: Place): Reading | undefined {
  const { notes, path } = place;
  const validate = isRecord(component['validate']) ? component['validate'] : {};
  const lengths = numbers(validate, ['minLength', 'maxLength']);
  switch (component['type']) {
    case 'textfield': {
      const format = { email: 'email', phone: 'phone' }[String(validate['validationType'])];
      if (format !== undefined) return { schema: { type: 'string', format }, reads: [] };
      const pattern = text(validate['pattern']);
      return { schema: { type: 'string', ...lengths, ...(pattern !== undefined && { pattern }) }, reads: [] };
    }
    case 'textarea':
      return { schema: { type: 'string', ...lengths }, widget: 'textarea', reads: [] };
    case 'number': {
      const whole = component['decimalDigits'] === 0;
      const bounds = {
        ...(validate['min'] !== undefined && { minimum: Number(validate['min']) }),
        ...(validate['max'] !== undefined && { maximum: Number(validate['max']) }),
      };
      return {
        schema: { type: whole ? 'integer' : 'number', ...bounds },
        reads: ['decimalDigits', 'increment', 'serializeToString'],
      };
    }
    case 'checkbox':
      return { schema: { type: 'boolean' }, reads: [] };
    case 'radio':
    case 'select':
      return oneOf(component, place, component['type'] === 'radio' ? 'radio' : undefined);
    case 'checklist':
    case 'taglist':
      return someOf(component, place, component['type'] === 'checklist' ? 'checklist' : undefined);
    case 'datetime': {
      const subtype = text(component['subtype']) ?? 'date';
      const format = { date: 'date', time: 'time', datetime: 'date-time' }[subtype] ?? 'date';
      const reads = [
        'subtype',
        'dateLabel',
        'timeLabel',
        'timeSerializingFormat',
        'timeInterval',
        'use24h',
        'disallowPassedDates',
      ];
      if (component['disallowPassedDates'] === true) {
        notes.lost(`${path}/disallowPassedDates`, {
          ru: 'Запрет прошедших дат напишите правилом x-assert: date(поле) >= today().',
          en: 'Write the ban of past dates as x-assert: date(field) >= today().',
        });
      }
      if (KIND_OF_FORMAT.get(format)?.type !== 'string') return undefined;
      return { schema: { type: 'string', format }, reads };
    }
    case 'filepicker':
      return {
        schema: { type: 'array', 'x-files': { kind: 'file' }, ...(component['multiple'] !== true && { maxItems: 1 }) },
        reads: ['accept', 'multiple'],
      };
    case 'expression': {
      const expression = feelOf(component['expression']);
      if (expression === undefined) return undefined;
      notes.changed(path, {
        ru: 'Вычисляемое поле хранит строку: проверьте тип результата.',
        en: 'The computed field stores a text: check the type of its result.',
      });
      return { schema: { type: 'string', 'x-value': `string(${expression})` }, reads: ['expression', 'computeOn'] };
    }
    case 'dynamiclist':
      return tableOf(component, place);
    // table (read-only), image, iframe, documentPreview and whatever comes later
    default:
      return undefined;
  }
}

function oneOf(component: Component, place: Place, widget: string | undefined): Reading | undefined {
  const options = optionsOf(component, place);
  if (options === undefined) return undefined;
  const { schema, labels } = options;
  return {
    schema: { type: 'string', ...schema },
    ...(widget && { widget }),
    texts: { options: labels },
    reads: options.reads,
  };
}

function someOf(component: Component, place: Place, widget: string | undefined): Reading | undefined {
  const options = optionsOf(component, place);
  if (options === undefined) return undefined;
  const { schema, labels } = options;
  const items = 'enum' in schema ? { items: { enum: schema['enum']! } } : schema;
  return {
    schema: { type: 'array', ...items, uniqueItems: true },
    ...(widget && { widget }),
    texts: { options: labels },
    reads: options.reads,
  };
}

interface Options {
  readonly schema: JsonObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly reads: readonly string[];
}

function optionsOf(component: Component, { notes, path }: Place): Options | undefined {
  const reads = ['values', 'valuesKey', 'valuesExpression', 'searchable'];
  if (Array.isArray(component['values'])) {
    const values = component['values'].filter(isRecord);
    const kept = values.filter(({ value }) => value !== undefined && value !== null && value !== '');
    if (kept.length === 0) return undefined;
    if (kept.some(({ value }) => typeof value !== 'string')) {
      notes.changed(`${path}/values`, {
        ru: 'Варианты хранятся строками.',
        en: 'The options are stored as strings.',
      });
    }
    const labels = Object.fromEntries(kept.map(({ value, label }) => [String(value), text(label) ?? String(value)]));
    return { schema: { enum: Object.keys(labels) }, labels, reads };
  }
  const listed = feelOf(component['valuesExpression']) ?? text(component['valuesKey']);
  return listed === undefined ? undefined : { schema: { 'x-options': listed }, labels: {}, reads };
}

function tableOf(component: Component, place: Place): Reading | undefined {
  const components = Array.isArray(component['components']) ? component['components'].filter(isRecord) : [];
  const columns: Record<string, JsonValue> = {};
  const texts: Record<string, FieldTexts> = {};
  const required: string[] = [];
  for (const [at, one] of components.entries()) {
    const path = `${place.path}/components/${at}`;
    const read = formJsField(one, { ...place, path });
    if (read === undefined || read.columns !== undefined) {
      place.notes.unknown(path, String(one['type']));
      continue;
    }
    const key = freeName(text(one['key']) ?? 'column', (taken) => Object.hasOwn(columns, taken));
    columns[key] = read.schema;
    texts[key] = { ...read.texts, label: labelOf(one), help: plainText(one['description']) };
    if (isRecord(one['validate']) && one['validate']['required'] === true) required.push(key);
  }
  if (Object.keys(columns).length === 0) return undefined;
  return {
    schema: { type: 'array', items: { type: 'object', properties: columns, ...(required.length > 0 && { required }) } },
    columns: texts,
    reads: [
      'isRepeating',
      'allowAddRemove',
      'defaultRepetitions',
      'showOutline',
      'nonCollapsedItems',
      'disableCollapse',
      'verticalAlignment',
    ],
  };
}

export function feelOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim().startsWith('=')
    ? value.trim().slice(1).trim() || undefined
    : undefined;
}

export function labelOf(component: Component): string | undefined {
  return plainText(component['label']) ?? plainText(component['dateLabel']) ?? plainText(component['timeLabel']);
}

/** A text that is computed (`=…`) or templated is not a text that can be shown. */
export function plainText(value: unknown): string | undefined {
  const found = text(value);
  return found === undefined || found.startsWith('=') ? undefined : found;
}

function numbers(from: Component, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.filter((key) => Number.isInteger(Number(from[key] ?? NaN))).map((key) => [key, Number(from[key])]),
  );
}
