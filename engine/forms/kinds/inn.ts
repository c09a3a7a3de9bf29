import { isInn } from '../../expressions/functions/requisites.ts';
import type { FormatFault } from './kind-definition.ts';
import { digitCount, requisite } from './requisite.ts';

/** ИНН: 10 digits of a company, 12 of a person, the last one or two are check digits. */
export const inn = requisite('inn', {
  fault: (value): FormatFault | undefined => {
    const text = value as string;
    if (!/^(?:\d{10}|\d{12})$/.test(text)) return { reason: 'length', digits: digitCount(text) };
    return isInn(text) ? undefined : { reason: 'checksum', digits: text.length };
  },
  words: {
    ru: {
      format: (label, { reason, digits }) =>
        reason === 'checksum'
          ? `«${label}»: контрольная сумма ИНН не сходится, проверьте ${digits === 12 ? 'последние две цифры' : 'последнюю цифру'}.`
          : `«${label}»: в ИНН 10 цифр у организации и 12 у человека${counted(digits, 'здесь')}.`,
    },
    en: {
      format: (label, { reason, digits }) =>
        reason === 'checksum'
          ? `“${label}”: the check digits of the INN do not match, look at the last ${digits === 12 ? 'two digits' : 'digit'}.`
          : `“${label}”: an INN has 10 digits for a company and 12 for a person${counted(digits, 'here')}.`,
    },
  },
});

function counted(digits: unknown, here: string): string {
  return typeof digits === 'number' ? `, ${here} ${digits}` : '';
}
