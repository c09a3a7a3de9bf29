import type { KindDefinition } from './kind-definition.ts';

export const boolean: KindDefinition = {
  kind: 'boolean',
  type: 'boolean',
  widgets: ['checkbox', 'yes-no'],
  keywords: {},
  fragment: { type: 'boolean' },
  schema: () => ({ type: 'boolean' }),
  stores: (value) => typeof value === 'boolean',
  words: {
    ru: { required: (label) => `Ответьте «да» или «нет»: «${label}».` },
    en: { required: (label) => `Answer yes or no: “${label}”.` },
  },
};
