import { formatMoney } from '../../forms/format-value.ts';
import { define } from '../builtins/define.ts';
import { FeelRefusal } from '../own-function.ts';
import {
  add,
  compareNumbers,
  isInteger,
  isNumber,
  textOfNumber,
  toDecimal,
  type FeelNumber,
} from '../values/decimal.ts';
import { kindName } from '../values/kind-name.ts';
import type { FeelFunction, FeelValue } from '../values/feel-value.ts';
import { amountInWords } from './amount-in-words.ts';
import { shareIncluded, shareOnTop } from './percent-share.ts';

/**
 * Money in whole kopecks (`domain.md` §3): what is no whole number of them is refused, because somebody passed roubles. The
 * language is "ru" unless given.
 */
export const moneyFunctions: readonly FeelFunction[] = [
  define('in words', 'amount: number, language?: string -> string', ([amount, language], run) => {
    if (!isNumber(amount)) return null;
    run.spend(40);
    const text = amountInWords(kopecksOf(amount, 'in words'), languageOf(language, 'in words'));
    return text ?? run.warn(`<in words> has no word for ${textOfNumber(amount)} kopecks`, run.place);
  }),
  define('money', 'amount: number, language?: string -> string', ([amount, language]) =>
    isNumber(amount) ? formatMoney(kopecksOf(amount, 'money'), languageOf(language, 'money')) : null,
  ),
  define('vat on top', 'net amount: number, vat rate: number -> number', ([net, rate]) =>
    isNumber(net) && isNumber(rate) ? shareOnTop(whole(net, 'vat on top'), rateOf(rate, 'vat on top')) : null,
  ),
  define('vat included', 'gross amount: number, vat rate: number -> number', ([gross, rate]) =>
    isNumber(gross) && isNumber(rate)
      ? shareIncluded(whole(gross, 'vat included'), rateOf(rate, 'vat included'), add(100, rate) ?? 100)
      : null,
  ),
];

function whole(amount: FeelNumber, fn: string): FeelNumber {
  if (isInteger(amount)) return amount;
  throw new FeelRefusal(
    `Expected whole kopecks in ${fn}(…), got ${textOfNumber(amount)}. Roubles become kopecks by round half up(amount * 100, 0).`,
  );
}

function kopecksOf(amount: FeelNumber, fn: string): bigint {
  const { coefficient, exponent } = toDecimal(whole(amount, fn));
  // A number of 6,000 digits is no money, and its digits would cost more than its evaluation may.
  if (exponent > 40)
    throw new FeelRefusal(`Expected an amount of money in ${fn}(…), got a number of ${exponent} zeros.`);
  return coefficient * 10n ** BigInt(exponent);
}

function rateOf(rate: FeelNumber, fn: string): FeelNumber {
  if (compareNumbers(rate, 0) >= 0 && compareNumbers(rate, 100) <= 0) return rate;
  throw new FeelRefusal(`Expected a VAT rate in percent, 0 to 100, in ${fn}(…), got ${textOfNumber(rate)}.`);
}

function languageOf(language: FeelValue | undefined, fn: string): 'ru' | 'en' {
  if (language === undefined || language === null || language === 'ru') return 'ru';
  if (language === 'en') return 'en';
  throw new FeelRefusal(
    `Expected the language "ru" or "en" in ${fn}(…), got ${kindName(language) === 'string' ? `"${(language as string).slice(0, 20)}"` : kindName(language)}.`,
  );
}
