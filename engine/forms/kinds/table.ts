import { formatNumber, plural } from '../format-value.ts';
import type { KindDefinition, Wording } from './kind-definition.ts';
import { itemKeywords, MAX_ITEMS, MAX_ROWS, readItemLimits } from './limits.ts';

/**
 * Rows of typed columns. Its `items` are read by `read-table.ts`, because columns have rules; its values are decided cell by cell
 * (`decide-table.ts`). How many rows there must be is judged there too: the validator gets only the rows that changed.
 */
export const table: KindDefinition = {
  kind: 'table',
  type: 'array',
  widgets: ['table'],
  keywords: { items: { value: 'columns' }, ...itemKeywords(MAX_ROWS) },
  fragment: { type: 'array', items: { type: 'object', properties: { column1: { type: 'string' } } } },
  read: (reading) => ({ limits: readItemLimits(reading, { most: MAX_ROWS, usual: MAX_ITEMS }) }),
  schema: ({ table: shape }, schemaOf) => {
    const properties = shape!.columns.map((column) => [column.column!.key, schemaOf(column)] as const);
    const items = { type: 'object', additionalProperties: false, properties: Object.fromEntries<unknown>(properties) };
    return { type: 'array', maxItems: MAX_ROWS, items };
  },
  stores: (value) => Array.isArray(value),
  words: {
    ru: {
      required: (label) => `Добавьте хотя бы одну строку: «${label}».`,
      minItems: (label, params) => `«${label}»: нужно не меньше ${rowsRu(params)}.`,
      maxItems: (label, params) => `«${label}»: можно не больше ${rowsRu(params)}.`,
    },
    en: {
      required: (label) => `Add at least one row: “${label}”.`,
      minItems: (label, params) => `“${label}”: at least ${rowsEn(params)} needed.`,
      maxItems: (label, params) => `“${label}”: at most ${rowsEn(params)} allowed.`,
    },
  },
};

type Params = Parameters<Wording>[1];

function rowsRu({ limit }: Params): string {
  return `${formatNumber(Number(limit), 'ru')} ${plural('ru', Number(limit), ['строки', 'строк', 'строк'])}`;
}

function rowsEn({ limit }: Params): string {
  return `${formatNumber(Number(limit), 'en')} ${plural('en', Number(limit), ['row', 'rows', 'rows'])}`;
}
