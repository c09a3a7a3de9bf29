import { bigPower, digitsOf, type Decimal } from './decimal.ts';

/** Exponential and logarithm on integers that stand for so many decimal places, off by a few units in the last place. */

/** ln 10 by decimal places, computed once for each: ln 10 = 6·artanh(1/3) + 2·artanh(1/9). */
const ln10s = new Map<number, bigint>();

function ln10(places: number): bigint {
  let known = ln10s.get(places);
  if (known === undefined) {
    const one = bigPower(places);
    known = 6n * artanh(one / 3n, one) + 2n * artanh(one / 9n, one);
    // A handful of precisions for numbers of all sizes; hostile exponents could ask for more.
    if (ln10s.size > 200) ln10s.clear();
    ln10s.set(places, known);
  }
  return known;
}

/** artanh z = z + z³/3 + z⁵/5 + … */
function artanh(z: bigint, one: bigint): bigint {
  const square = (z * z) / one;
  let sum = z;
  let term = z;
  for (let divisor = 3n; term !== 0n; divisor += 2n) {
    term = (term * square) / one;
    sum += term / divisor;
  }
  return sum;
}

/** The natural logarithm of a positive number. */
export function lnFixed({ coefficient, exponent }: Decimal, places: number): bigint {
  // Ten more places: the power of ten multiplies the error of ln 10.
  const inner = places + 10;
  const one = bigPower(inner);
  let tens = digitsOf(coefficient) + exponent - 1;
  // m lies between 0.316 and 3.16, so that numbers close to 1 have no power of ten that would be cancelled.
  let m = shifted(coefficient, exponent - tens + inner);
  if (m * m > 10n * one * one) {
    tens += 1;
    m = shifted(coefficient, exponent - tens + inner);
  }
  const z = ((m - one) * one) / (m + one);
  return (2n * artanh(z, one) + BigInt(tens) * ln10(inner)) / bigPower(10);
}

function shifted(value: bigint, exponent: number): bigint {
  return exponent >= 0 ? value * bigPower(exponent) : value / bigPower(-exponent);
}

/** Halvings before the series, squarings after it; each squaring doubles the error. */
const HALVINGS = 8n;

/** e to the power of `x`; the result is `fixed · 10 ** exponent` with about `places` digits. */
export function expFixed(x: bigint, places: number): { readonly fixed: bigint; readonly exponent: number } {
  const inner = places + 8;
  const one = bigPower(inner);
  const ten = ln10(inner);
  const wide = x * bigPower(8);
  let tens = wide / ten;
  if (wide < 0n) tens -= 1n;
  const small = (wide - tens * ten) >> HALVINGS;
  let sum = one;
  let term = one;
  for (let count = 1n; term !== 0n; count += 1n) {
    term = (term * small) / (one * count);
    sum += term;
  }
  for (let squarings = 0n; squarings < HALVINGS; squarings += 1n) sum = (sum * sum) / one;
  return { fixed: sum / bigPower(8), exponent: Number(tens) - places };
}
