/** Whole numbers in Russian words, up to quintillions: feminine thousands, masculine everything else. */

const UNITS = ['', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять'];
const FEMININE: Readonly<Record<number, string>> = { 1: 'одна', 2: 'две' };
const TEENS = [
  'десять', 'одиннадцать', 'двенадцать', 'тринадцать', 'четырнадцать', 'пятнадцать', 'шестнадцать', 'семнадцать',
  'восемнадцать', 'девятнадцать',
]; // prettier-ignore
const TENS = [
  '', '', 'двадцать', 'тридцать', 'сорок', 'пятьдесят', 'шестьдесят', 'семьдесят', 'восемьдесят', 'девяносто',
]; // prettier-ignore
const HUNDREDS = [
  '', 'сто', 'двести', 'триста', 'четыреста', 'пятьсот', 'шестьсот', 'семьсот', 'восемьсот', 'девятьсот',
]; // prettier-ignore

/** One, few (2 to 4), many. */
type RussianForms = readonly [string, string, string];

const SCALES: readonly { readonly forms: RussianForms; readonly feminine: boolean }[] = [
  { forms: ['', '', ''], feminine: false },
  { forms: ['тысяча', 'тысячи', 'тысяч'], feminine: true },
  ...['миллион', 'миллиард', 'триллион', 'квадриллион', 'квинтиллион'].map((word) => ({
    forms: [word, `${word}а`, `${word}ов`] as const,
    feminine: false,
  })),
];

/** The first number without a word: a thousand quintillions. */
export const WORDS_LIMIT = 10n ** 21n;

/** 1 рубль, 2 рубля, 5 рублей, 11 рублей, 21 рубль. */
export function russianForm(count: bigint, [one, few, many]: RussianForms): string {
  const tens = count % 100n;
  const ones = count % 10n;
  if (tens >= 11n && tens <= 14n) return many;
  return ones === 1n ? one : ones >= 2n && ones <= 4n ? few : many;
}

/** @param count from 0 up to WORDS_LIMIT, not included */
export function russianWords(count: bigint): string {
  if (count === 0n) return 'ноль';
  const words: string[] = [];
  for (let scale = SCALES.length - 1; scale >= 0; scale -= 1) {
    const { forms, feminine } = SCALES[scale]!;
    const group = (count / 1000n ** BigInt(scale)) % 1000n;
    if (group === 0n) continue;
    words.push(...tripleWords(Number(group), feminine), russianForm(group, forms));
  }
  return words.filter((word) => word !== '').join(' ');
}

function tripleWords(group: number, feminine: boolean): string[] {
  const tens = Math.floor(group / 10) % 10;
  const ones = group % 10;
  const hundreds = HUNDREDS[Math.floor(group / 100)]!;
  if (tens === 1) return [hundreds, TEENS[ones]!];
  return [hundreds, TENS[tens]!, (feminine ? FEMININE[ones] : undefined) ?? UNITS[ones]!];
}
