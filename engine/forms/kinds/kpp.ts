import { isKpp } from '../../expressions/functions/requisites.ts';
import { requisite } from './requisite.ts';

/** КПП has no check digit: 9 characters, the fifth and sixth may be Latin letters. */
export const kpp = requisite('kpp', {
  fault: (value) => (isKpp(value as string) ? undefined : {}),
  words: {
    ru: { format: (label) => `«${label}»: в КПП 9 цифр, например 770701001.` },
    en: { format: (label) => `“${label}”: a KPP has 9 digits, for example 770701001.` },
  },
});
