import { isBik } from '../../expressions/functions/requisites.ts';
import { requisite } from './requisite.ts';

export const bik = requisite('bik', {
  fault: (value) => (isBik(value as string) ? undefined : {}),
  words: {
    ru: { format: (label) => `«${label}»: в БИК 9 цифр, первые две — 04, например 044525225.` },
    en: { format: (label) => `“${label}”: a BIK has 9 digits and starts with 04, for example 044525225.` },
  },
});
