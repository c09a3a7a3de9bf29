import { isEmail } from '../value-format.ts';
import { isText, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';

export const email: KindDefinition = {
  kind: 'email',
  type: 'string',
  format: 'email',
  widgets: ['email'],
  keywords: {},
  fragment: { type: 'string', format: 'email' },
  schema: shortText,
  stores: isText,
  fault: (value) => (isEmail(value as string) ? undefined : {}),
  words: {
    ru: { format: (label) => `«${label}»: проверьте адрес, например ivanov@example.ru.` },
    en: { format: (label) => `“${label}”: check the address, for example smith@example.com.` },
  },
};
