import type { Static, TSchema } from '@sinclair/typebox';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Language } from '#contract';
import { Refused, type InputError } from './refused.ts';

/** RFC 3339 date-time in UTC or with an offset; the calendar check is `Date.parse`'s. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const FORMATS = {
  'date-time': (text: string) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
} as const;

/** Bodies are taken as they are; parameters arrive as text, so numbers and booleans are read from it. */
const bodies = new Ajv2020({ strict: true, allErrors: false, formats: FORMATS });
const parameters = new Ajv2020({ strict: true, allErrors: false, coerceTypes: true, formats: FORMATS });

const compiled = new WeakMap<TSchema, ValidateFunction>();

export type RequestPart = 'path' | 'query' | 'body';

/**
 * Checks one part of a request against its schema.
 *
 * @throws Refused `invalid-request` with the first wrong place in `errors`
 */
export function validateRequest<S extends TSchema>(
  schema: S,
  value: unknown,
  options: { readonly part: RequestPart; readonly language: Language },
): Static<S> {
  const { part, language } = options;
  const ajv = part === 'body' ? bodies : parameters;
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(value)) return value;
  const errors = (validate.errors ?? []).map((error) => inputErrorOf(error, language));
  const first = errors[0];
  const place = first === undefined || first.path === '' ? '' : ` «${first.path}»`;
  throw new Refused(
    'invalid-request',
    {
      ru: `${PARTS[part].ru}${place}: ${first?.message ?? 'не подходит'}.`,
      en: `${PARTS[part].en}${place}: ${first?.message ?? 'does not fit'}.`,
    },
    errors,
  );
}

const PARTS = {
  path: { ru: 'Адрес запроса', en: 'Request path' },
  query: { ru: 'Параметры запроса', en: 'Query parameters' },
  body: { ru: 'Тело запроса', en: 'Request body' },
} as const;

function inputErrorOf(error: ErrorObject, language: Language): InputError {
  const extra = (error.params as Record<string, unknown>)['additionalProperty'];
  const path = typeof extra === 'string' ? `${error.instancePath}/${extra}` : error.instancePath;
  return { path, keyword: error.keyword, params: error.params, message: messageOf(error, language) };
}

function messageOf(error: ErrorObject, language: Language): string {
  const params = error.params as Record<string, unknown>;
  const english = error.message ?? 'does not fit';
  if (language === 'en') return english;
  switch (error.keyword) {
    case 'additionalProperties':
      return 'такого имени здесь нет';
    case 'required':
      return `не хватает «${String(params['missingProperty'])}»`;
    case 'type':
      return `ожидается тип ${String(params['type'])}`;
    case 'pattern':
      return `не соответствует образцу ${String(params['pattern'])}`;
    case 'format':
      return `не соответствует формату ${String(params['format'])}`;
    case 'enum':
    case 'const':
    case 'anyOf':
      return 'не входит в допустимые значения';
    case 'minLength':
    case 'minItems':
    case 'minimum':
      return `не меньше ${String(params['limit'])}`;
    case 'maxLength':
    case 'maxItems':
    case 'maximum':
      return `не больше ${String(params['limit'])}`;
    default:
      return english;
  }
}
