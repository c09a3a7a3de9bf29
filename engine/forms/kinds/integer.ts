import type { KindDefinition } from './kind-definition.ts';
import { NUMBER_KEYWORDS, readNumberLimits } from './limits.ts';

export const integer: KindDefinition = {
  kind: 'integer',
  type: 'integer',
  widgets: ['number'],
  keywords: NUMBER_KEYWORDS,
  fragment: { type: 'integer' },
  read: readNumberLimits,
  schema: ({ limits }) => ({
    type: 'integer',
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
    ...limits,
  }),
  stores: Number.isSafeInteger,
  words: {
    ru: { type: (label) => `«${label}»: нужно целое число.` },
    en: { type: (label) => `“${label}” must be a whole number.` },
  },
};
