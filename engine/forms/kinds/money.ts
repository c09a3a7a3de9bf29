import { integer } from './integer.ts';
import type { KindDefinition } from './kind-definition.ts';

/** Kopecks as an integer, because sums of fractions are not exact (forms-ux.md §0.9). */
export const money: KindDefinition = {
  ...integer,
  kind: 'money',
  format: 'money',
  widgets: ['money'],
  fragment: { type: 'integer', format: 'money' },
  words: {
    ru: { type: (label) => `«${label}»: нужна сумма, например 9 672,65 ₽.` },
    en: { type: (label) => `“${label}” must be an amount, for example ₽9,672.65.` },
  },
};
