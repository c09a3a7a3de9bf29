import { isPhone, normalisePhone } from '../phone-number.ts';
import { isText, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';

export const phone: KindDefinition = {
  kind: 'phone',
  type: 'string',
  format: 'phone',
  widgets: ['phone'],
  keywords: {},
  fragment: { type: 'string', format: 'phone' },
  schema: shortText,
  stores: isText,
  normalise: (value) => (isText(value) ? normalisePhone(value) : value),
  fault: (value) => (isPhone(value as string) ? undefined : {}),
  words: {
    ru: { format: (label) => `«${label}»: проверьте номер, например +7 912 345-67-89.` },
    en: { format: (label) => `“${label}”: check the number, for example +7 912 345-67-89.` },
  },
};
