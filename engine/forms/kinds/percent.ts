import { decimal } from './decimal.ts';
import type { KindDefinition } from './kind-definition.ts';

/** The number people say: 12.5 is 12,5 %. A share of one is `rate / 100` in a rule. */
export const percent: KindDefinition = {
  ...decimal,
  kind: 'percent',
  format: 'percent',
  widgets: ['percent'],
  fragment: { type: 'number', format: 'percent' },
  words: {
    ru: { type: (label) => `«${label}»: нужны проценты, например 12,5.` },
    en: { type: (label) => `“${label}” must be a percentage, for example 12.5.` },
  },
};
