import assert from 'node:assert/strict';
import fc from 'fast-check';
import { amountInWords } from './amount-in-words.ts';
import { russianWords } from './words-ru.ts';

describe('an amount in words', () => {
  const cases: readonly (readonly [bigint, string, string])[] = [
    [0n, 'Ноль рублей 00 копеек', 'Zero roubles 00 kopecks'],
    [1n, 'Ноль рублей 01 копейка', 'Zero roubles 01 kopeck'],
    [12345n, 'Сто двадцать три рубля 45 копеек', 'One hundred twenty-three roubles 45 kopecks'],
    [100n, 'Один рубль 00 копеек', 'One rouble 00 kopecks'],
    [200_22n, 'Двести рублей 22 копейки', 'Two hundred roubles 22 kopecks'],
    [1_111_11n, 'Одна тысяча сто одиннадцать рублей 11 копеек', 'One thousand one hundred eleven roubles 11 kopecks'],
    [2_001_02n, 'Две тысячи один рубль 02 копейки', 'Two thousand one roubles 02 kopecks'],
    [5_014_21n, 'Пять тысяч четырнадцать рублей 21 копейка', 'Five thousand fourteen roubles 21 kopecks'],
    [21_000_00n, 'Двадцать одна тысяча рублей 00 копеек', 'Twenty-one thousand roubles 00 kopecks'],
    [1_000_002_00n, 'Один миллион два рубля 00 копеек', 'One million two roubles 00 kopecks'],
    [2_000_000_000_00n, 'Два миллиарда рублей 00 копеек', 'Two billion roubles 00 kopecks'],
    [
      112_000_000_000_000_000_000_00n,
      'Сто двенадцать квинтиллионов рублей 00 копеек',
      'One hundred twelve quintillion roubles 00 kopecks',
    ],
    [-1_52n, 'Минус один рубль 52 копейки', 'Minus one rouble 52 kopecks'],
    // The golden acts of domain.md §3.
    [967265n, 'Девять тысяч шестьсот семьдесят два рубля 65 копеек', 'Nine thousand six hundred seventy-two roubles 65 kopecks'],
    [792839n, 'Семь тысяч девятьсот двадцать восемь рублей 39 копеек', 'Seven thousand nine hundred twenty-eight roubles 39 kopecks'],
  ]; // prettier-ignore
  for (const [kopecks, russian, english] of cases) {
    it(russian, () => {
      assert.equal(amountInWords(kopecks, 'ru'), russian);
      assert.equal(amountInWords(kopecks, 'en'), english);
    });
  }

  it('ends where numbers have no word', () => {
    assert.equal(amountInWords(10n ** 23n, 'ru'), null);
    assert.match(amountInWords(10n ** 23n - 1n, 'ru')!, /^Девятьсот девяносто девять квинтиллионов/);
  });

  it('reads back as the number it was', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 21n - 1n), (count) => {
        assert.equal(numberOf(russianWords(count)), count);
      }),
    );
  });
});

/** Stems are enough to read a number back; endings are what the cases above are for. */
const VALUES: readonly (readonly [RegExp, bigint])[] = [
  [/^ноль/, 0n], [/^одиннадцать/, 11n], [/^двенадцать/, 12n], [/^тринадцать/, 13n], [/^четырнадцать/, 14n],
  [/^пятнадцать/, 15n], [/^шестнадцать/, 16n], [/^семнадцать/, 17n], [/^восемнадцать/, 18n], [/^девятнадцать/, 19n],
  [/^двадцать/, 20n], [/^тридцать/, 30n], [/^сорок/, 40n], [/^пятьдесят/, 50n], [/^шестьдесят/, 60n],
  [/^семьдесят/, 70n], [/^восемьдесят/, 80n], [/^девяносто/, 90n], [/^сто$/, 100n], [/^двести/, 200n],
  [/^триста/, 300n], [/^четыреста/, 400n], [/^пятьсот/, 500n], [/^шестьсот/, 600n], [/^семьсот/, 700n],
  [/^восемьсот/, 800n], [/^девятьсот/, 900n], [/^од(?:ин|на)$/, 1n], [/^дв[ае]$/, 2n], [/^три$/, 3n], [/^четыре$/, 4n],
  [/^пять$/, 5n], [/^шесть$/, 6n], [/^семь$/, 7n], [/^восемь$/, 8n], [/^девять$/, 9n], [/^десять$/, 10n],
]; // prettier-ignore
const SCALES = ['тысяч', 'миллион', 'миллиард', 'триллион', 'квадриллион', 'квинтиллион'];

function numberOf(words: string): bigint {
  let total = 0n;
  let group = 0n;
  for (const word of words.split(' ')) {
    const scale = SCALES.findLastIndex((stem) => word.startsWith(stem));
    if (scale < 0) {
      group += VALUES.find(([stem]) => stem.test(word))![1];
      continue;
    }
    total += group * 1000n ** BigInt(scale + 1);
    group = 0n;
  }
  return total + group;
}
