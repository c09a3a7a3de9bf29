import { formatPhone, isPhone, normalisePhone } from '../../forms/phone-number.ts';
import { define } from '../builtins/define.ts';
import type { FeelFunction } from '../values/feel-value.ts';
import { isAccount, isBik, isCorrespondentAccount, isInn, isKpp, isOgrn, isOgrnip } from './requisites.ts';

/** Requisites come as text: a number has lost its leading zeros. Null gives null and a warning. */
function check(name: string, parameter: string, holds: (text: string) => boolean): FeelFunction {
  return define(name, `${parameter}: string -> boolean`, ([text]) => (typeof text === 'string' ? holds(text) : null));
}

function checkAtBank(name: string, holds: (account: string, bik: string) => boolean): FeelFunction {
  return define(name, 'account: string, bik: string -> boolean', ([account, bik]) =>
    typeof account === 'string' && typeof bik === 'string' ? holds(account, bik) : null,
  );
}

/** Checks of Russian requisites and phone numbers (`domain.md` §2.0). */
export const requisiteFunctions: readonly FeelFunction[] = [
  check('is valid inn', 'inn', isInn),
  check('is valid kpp', 'kpp', isKpp),
  check('is valid ogrn', 'ogrn', isOgrn),
  check('is valid ogrnip', 'ogrnip', isOgrnip),
  check('is valid bik', 'bik', isBik),
  checkAtBank('is valid account', isAccount),
  checkAtBank('is valid correspondent account', isCorrespondentAccount),
  define('normalise phone', 'text: string -> string', ([text], run) => {
    if (typeof text !== 'string') return null;
    const phone = normalisePhone(text);
    return isPhone(phone) ? phone : run.warn(`"${text.slice(0, 40)}" is no phone number`, run.place);
  }),
  define('format phone', 'phone: string -> string', ([phone]) =>
    typeof phone === 'string' ? formatPhone(normalisePhone(phone)) : null,
  ),
];
