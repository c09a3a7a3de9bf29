import { isText, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';

/** A month, `2026-11`; its first day is `date(period + "-01")`. */
export const period: KindDefinition = {
  kind: 'period',
  type: 'string',
  format: 'period',
  widgets: ['period'],
  keywords: {},
  fragment: { type: 'string', format: 'period' },
  schema: shortText,
  stores: isText,
  fault: (value) => (/^[1-9]\d{3}-(?:0[1-9]|1[0-2])$/.test(value as string) ? undefined : {}),
  words: {
    ru: {
      required: (label) => `Выберите месяц: «${label}».`,
      format: (label) => `«${label}»: нужны месяц и год, например ноябрь 2026.`,
    },
    en: {
      required: (label) => `Choose a month: “${label}”.`,
      format: (label) => `“${label}”: a month and a year are needed, for example November 2026.`,
    },
  },
};
