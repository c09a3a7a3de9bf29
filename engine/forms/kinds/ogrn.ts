import { isOgrn, isOgrnip } from '../../expressions/functions/requisites.ts';
import type { FormatFault } from './kind-definition.ts';
import { requisite } from './requisite.ts';

/** ОГРН of a company (13 digits) or ОГРНИП of an entrepreneur (15). */
export const ogrn = requisite('ogrn', {
  fault: (value): FormatFault | undefined => {
    const text = value as string;
    if (!/^(?:\d{13}|\d{15})$/.test(text)) return { reason: 'length' };
    return isOgrn(text) || isOgrnip(text) ? undefined : { reason: 'checksum', digits: text.length };
  },
  words: {
    ru: {
      format: (label, { reason, digits }) =>
        reason === 'checksum'
          ? `«${label}»: контрольная цифра ${digits === 15 ? 'ОГРНИП' : 'ОГРН'} не сходится, проверьте номер.`
          : `«${label}»: в ОГРН 13 цифр, в ОГРНИП 15.`,
    },
    en: {
      format: (label, { reason }) =>
        reason === 'checksum'
          ? `“${label}”: the check digit of the OGRN does not match, look at the number again.`
          : `“${label}”: an OGRN has 13 digits, an entrepreneur's OGRNIP 15.`,
    },
  },
});
