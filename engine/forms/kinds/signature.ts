import { files } from './files.ts';
import type { KindDefinition } from './kind-definition.ts';

/** A signature drawn by hand: a list of at most one PNG file, so everything that holds for files holds for it. */
export const signature: KindDefinition = {
  ...files,
  kind: 'signature',
  widgets: ['signature'],
  keywords: {
    'x-files': {
      value: 'object',
      members: { kind: { value: 'fixed', is: 'signature' }, maxBytes: { value: 'integer', minimum: 1 } },
    },
  },
  fragment: { type: 'array', 'x-files': { kind: 'signature' } },
  read: (reading) => ({ ...files.read?.(reading, 'signature'), limits: { maxItems: 1 } }),
  words: {
    ru: { required: (label) => `Поставьте подпись: «${label}».` },
    en: { required: (label) => `Sign: “${label}”.` },
  },
};
