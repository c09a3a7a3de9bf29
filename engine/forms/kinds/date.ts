import { isIsoDate } from '../value-format.ts';
import { isText, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';

/** A calendar day without a zone: `2026-11-16`. */
export const date: KindDefinition = {
  kind: 'date',
  type: 'string',
  format: 'date',
  widgets: ['date'],
  keywords: {},
  fragment: { type: 'string', format: 'date' },
  schema: shortText,
  stores: isText,
  fault: (value) => (isIsoDate(value as string) ? undefined : {}),
  words: {
    ru: {
      required: (label) => `Укажите дату: «${label}».`,
      format: (label) => `«${label}»: такой даты нет.`,
    },
    en: {
      required: (label) => `Choose “${label}”.`,
      format: (label) => `“${label}”: there is no such date.`,
    },
  },
};
