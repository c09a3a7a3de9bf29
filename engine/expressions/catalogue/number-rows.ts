import type { CatalogueRow } from './catalogue-row.ts';

/* prettier-ignore */
export const numberRows: readonly CatalogueRow[] = [
  ['number', 'Reads a number from a text; separators of thousands and decimals may be named.', 'Читает число из текста; можно указать разделители разрядов и дробной части.', 'number("1 000,50", " ", ",")', 1000.5],
  ['decimal', 'Rounds half-even to a scale.', 'Округляет до стольких знаков; половину — к чётному.', 'decimal(2.345, 2)', 2.34],
  ['floor', 'Rounds down, to whole numbers or to a scale.', 'Округляет вниз: до целого или до стольких знаков.', 'floor(-1.5)', -2],
  ['ceiling', 'Rounds up, to whole numbers or to a scale.', 'Округляет вверх: до целого или до стольких знаков.', 'ceiling(1.21, 1)', 1.3],
  ['round up', 'Rounds away from zero to a scale.', 'Округляет от нуля до стольких знаков.', 'round up(-1.126, 2)', -1.13],
  ['round down', 'Rounds towards zero to a scale.', 'Округляет к нулю до стольких знаков.', 'round down(-1.126, 2)', -1.12],
  ['round half up', 'Rounds to the nearest, half away from zero: as money is rounded.', 'Округляет до ближайшего, половину — от нуля: так округляют деньги.', 'round half up(2.345, 2)', 2.35],
  ['round half down', 'Rounds to the nearest, half towards zero.', 'Округляет до ближайшего, половину — к нулю.', 'round half down(2.345, 2)', 2.34],
  ['abs', 'A number or duration without its sign.', 'Число или длительность без знака.', 'abs(-10)', 10],
  ['modulo', 'The remainder of a division, with the sign of the divisor.', 'Остаток от деления со знаком делителя.', 'modulo(-12, 5)', 3],
  ['sqrt', 'The square root; null for negative numbers.', 'Квадратный корень; null для отрицательных.', 'sqrt(16)', 4],
  ['log', 'The natural logarithm; null for zero and negative numbers.', 'Натуральный логарифм; null для нуля и отрицательных.', 'decimal(log(10), 8)', 2.30258509],
  ['exp', 'The power of e.', 'Степень числа e.', 'decimal(exp(5), 8)', 148.4131591],
  ['odd', 'Whether a whole number is odd.', 'Нечётно ли целое число.', 'odd(5)', true],
  ['even', 'Whether a whole number is even.', 'Чётно ли целое число.', 'even(5)', false],
];
