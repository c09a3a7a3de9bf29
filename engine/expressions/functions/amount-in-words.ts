import { englishWords } from './words-en.ts';
import { russianForm, russianWords, WORDS_LIMIT } from './words-ru.ts';

/**
 * An amount as accounting writes it in words: roubles in words, kopecks as two digits («Сто двадцать три рубля 45 копеек»,
 * `domain.md` §3). Null when the number has no word.
 * @param kopecks any whole number of kopecks
 */
export function amountInWords(kopecks: bigint, language: 'ru' | 'en'): string | null {
  const size = kopecks < 0n ? -kopecks : kopecks;
  const roubles = size / 100n;
  const rest = size % 100n;
  if (roubles >= WORDS_LIMIT) return null;
  const digits = rest.toString().padStart(2, '0');
  const text =
    language === 'ru'
      ? `${russianWords(roubles)} ${russianForm(roubles, ['рубль', 'рубля', 'рублей'])} ${digits} ${russianForm(rest, ['копейка', 'копейки', 'копеек'])}`
      : `${englishWords(roubles)} ${roubles === 1n ? 'rouble' : 'roubles'} ${digits} ${rest === 1n ? 'kopeck' : 'kopecks'}`;
  const signed = kopecks < 0n ? `${language === 'ru' ? 'минус' : 'minus'} ${text}` : text;
  return signed[0]!.toUpperCase() + signed.slice(1);
}
