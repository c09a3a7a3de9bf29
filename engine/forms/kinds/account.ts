import { isAccount, isBik } from '../../expressions/functions/requisites.ts';
import type { FieldReading, FormatFault } from './kind-definition.ts';
import { requisite } from './requisite.ts';

/** A settlement account. Its key can be checked only together with the bank: `"x-bik"` names the field that holds the БИК. */
export const account = requisite('account', {
  keywords: { 'x-bik': { value: 'fieldName', kind: 'bik' } },
  read: readBank,
  fault: (value, { bik: name }, other): FormatFault | undefined => {
    const text = value as string;
    if (!/^\d{20}$/.test(text) || /^0+$/.test(text)) return { reason: 'length' };
    const bank = name === undefined ? undefined : other(name);
    // A missing or wrong БИК is told at its own field; against it nothing can be checked.
    if (typeof bank !== 'string' || !isBik(bank)) return undefined;
    return isAccount(text, bank) ? undefined : { reason: 'checksum', bik: bank };
  },
  words: {
    ru: {
      format: (label, { reason, bik }) =>
        reason === 'checksum'
          ? `«${label}»: счёт не подходит к банку с БИК ${digitsOf(bik)}, проверьте номер счёта и БИК.`
          : `«${label}»: в номере счёта 20 цифр.`,
    },
    en: {
      format: (label, { reason, bik }) =>
        reason === 'checksum'
          ? `“${label}”: the account does not fit the bank with BIK ${digitsOf(bik)}, check the account number and the BIK.`
          : `“${label}”: an account number has 20 digits.`,
    },
  },
});

function readBank({ schema, path, problems }: FieldReading): { readonly bik?: string } {
  const name = schema['x-bik'];
  if (name === undefined) return {};
  if (typeof name === 'string' && name !== '') return { bik: name };
  problems.add(
    `${path}/x-bik`,
    'x-bik must be the name of a field',
    'Write "x-bik": "bik", where bik is a field of format "bik".',
  );
  return {};
}

const digitsOf = (bik: unknown): string => (typeof bik === 'string' ? bik : '');
