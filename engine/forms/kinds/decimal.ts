import type { KindDefinition } from './kind-definition.ts';
import { NUMBER_KEYWORDS, readNumberLimits } from './limits.ts';

export const decimal: KindDefinition = {
  kind: 'decimal',
  type: 'number',
  widgets: ['number'],
  keywords: NUMBER_KEYWORDS,
  fragment: { type: 'number' },
  read: readNumberLimits,
  schema: ({ limits }) => ({ type: 'number', ...limits }),
  stores: Number.isFinite,
  words: {
    ru: { type: (label) => `«${label}»: нужно число.` },
    en: { type: (label) => `“${label}” must be a number.` },
  },
};
