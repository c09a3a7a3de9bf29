import {
  bigPower,
  digitsOf,
  negate,
  normal,
  PRECISION,
  toDecimal,
  toSafeInteger,
  Decimal,
  type FeelNumber,
} from './decimal.ts';
import { expFixed, lnFixed } from './fixed-point.ts';

/**
 * `sqrt`, `exp`, `log` and `**` (DMN 1.5 §10.3.4.5, Table 51) to 34 digits, half-even. The transcendental ones are computed in
 * fixed point with spare digits; when these do not decide the rounding they are computed again with more.
 */

/** Spare digits, try by try. What 90 digits do not decide is exact: a power such as 4 ** 0.5. */
const SPARE_DIGITS = [14, 40, 90];
/** Units in the last place by which a result in fixed point may be off; the real error stays far below. */
const ERROR = 10n ** 4n;
/** Natural logarithm of the greatest number, 1e6145. */
const MOST = 14_150;

/** To 34 digits; null for negative numbers. */
export function squareRoot(value: FeelNumber): FeelNumber | null {
  const { coefficient, exponent } = toDecimal(value);
  if (coefficient < 0n) return null;
  if (coefficient === 0n) return 0;
  let shift = Math.max(0, 2 * PRECISION + 4 - digitsOf(coefficient));
  if ((exponent - shift) % 2 !== 0) shift += 1;
  const raised = coefficient * bigPower(shift);
  let root = BigInt(Math.floor(Math.sqrt(Number(raised)))) + 1n;
  for (;;) {
    const next = (root + raised / root) / 2n;
    const step = next > root ? next - root : root - next;
    root = next;
    if (step <= 1n) break;
  }
  while (root * root > raised) root -= 1n;
  while ((root + 1n) * (root + 1n) <= raised) root += 1n;
  return normal(root, (exponent - shift) / 2, root * root !== raised);
}

/** Null beyond the greatest number. */
export function exponential(value: FeelNumber): FeelNumber | null {
  const x = toDecimal(value);
  if (x.coefficient === 0n) return 1;
  const beyond = magnitudeOf(x) > 5 || absolute(rounded(x, 0)) > BigInt(MOST);
  if (beyond) return x.coefficient > 0n ? null : 0;
  return decided((digits) => expFixed(rounded(x, digits), digits));
}

/** Null for zero and negative numbers. */
export function logarithm(value: FeelNumber): FeelNumber | null {
  const x = toDecimal(value);
  if (x.coefficient <= 0n) return null;
  if (value === 1) return 0;
  return decided((digits) => {
    // Close to 1 the logarithm is as small as what is missing to 1: at least 1e-34.
    const places = digits + PRECISION + 2;
    return { fixed: lnFixed(x, places), exponent: -places };
  });
}

/** Null where there is no real number, or none so great. */
export function power(base: FeelNumber, exponent: FeelNumber): FeelNumber | null {
  const b = toDecimal(base);
  const whole = toSafeInteger(exponent);
  if (whole === 0) return 1;
  if (b.coefficient === 0n) return toDecimal(exponent).coefficient > 0n ? 0 : null;
  if (whole !== null && Math.abs(whole) * digitsOf(b.coefficient) <= 1_000) return wholePower(b, whole);
  const y = toDecimal(exponent);
  if (b.coefficient < 0n && y.exponent < 0) return null;
  const size = powerOf(b.coefficient < 0n ? new Decimal(-b.coefficient, b.exponent) : b, y);
  const odd = b.coefficient < 0n && y.exponent === 0 && y.coefficient % 2n !== 0n;
  return size === null || !odd ? size : negate(size);
}

function wholePower(base: Decimal, whole: number): FeelNumber | null {
  const count = Math.abs(whole);
  const coefficient = base.coefficient ** BigInt(count);
  if (whole > 0) return normal(coefficient, base.exponent * count);
  const shift = digitsOf(coefficient) + PRECISION + 2;
  const one = bigPower(shift);
  return normal(one / coefficient, -shift - base.exponent * count, one % coefficient !== 0n);
}

/** e ** (y · ln base) for a positive base. */
function powerOf(base: Decimal, y: Decimal): FeelNumber | null {
  const reach = magnitudeOf(y);
  if (base.coefficient === 1n && base.exponent === 0) return 1;
  const aboveOne = lnFixed(base, 2 * PRECISION + 4) > 0n;
  const grows = aboveOne === y.coefficient > 0n;
  // ln base is at least 1e-34 from 0, so so great an exponent leaves every number.
  if (reach > PRECISION + 6) return grows ? null : 0;
  const product = (digits: number): bigint => {
    const places = digits + Math.max(0, reach) + 4;
    return scaled(lnFixed(base, places) * y.coefficient, y.exponent - places + digits);
  };
  if (absolute(product(0)) > BigInt(MOST)) return grows ? null : 0;
  return decided((digits) => expFixed(product(digits), digits));
}

/** The first result that its spare digits decide. `fixed · 10 ** exponent` is off by ERROR at most. */
function decided(
  compute: (digits: number) => { readonly fixed: bigint; readonly exponent: number },
): FeelNumber | null {
  for (const spare of SPARE_DIGITS) {
    const { fixed, exponent } = compute(PRECISION + spare);
    const low = normal(fixed - ERROR, exponent, true);
    const high = normal(fixed + ERROR, exponent, true);
    if (low === null || high === null) return null;
    if (isSame(low, high)) return low;
  }
  const { fixed, exponent } = compute(PRECISION + SPARE_DIGITS[2]!);
  // Half a unit more than the error makes an exact result, just missed, itself again.
  return normal(nearest(fixed, 3 * PRECISION), exponent + digitsOf(fixed) - 3 * PRECISION);
}

function nearest(fixed: bigint, digits: number): bigint {
  return scaled(fixed, digits - digitsOf(fixed));
}

function isSame(a: FeelNumber, b: FeelNumber): boolean {
  const x = toDecimal(a);
  const y = toDecimal(b);
  return x.coefficient === y.coefficient && x.exponent === y.exponent;
}

/** The power of ten of the first digit. */
function magnitudeOf({ coefficient, exponent }: Decimal): number {
  return digitsOf(coefficient) + exponent - 1;
}

/** The number in fixed point with so many decimal places. */
function rounded({ coefficient, exponent }: Decimal, places: number): bigint {
  return scaled(coefficient, exponent + places);
}

/** `value · 10 ** exponent`, rounded to the nearest. */
function scaled(value: bigint, exponent: number): bigint {
  if (exponent >= 0) return value * bigPower(exponent);
  if (-exponent > digitsOf(value) + 1) return 0n;
  const divisor = bigPower(-exponent);
  const half = divisor / 2n;
  return value < 0n ? -((-value + half) / divisor) : (value + half) / divisor;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
