/**
 * FEEL numbers (DMN 1.5 §10.3.2.3.1): decimal, 34 significant digits, rounded half-even like IEEE 754-2008 decimal128.
 *
 * A number is a JS `number` that stands for its shortest decimal text (so 0.1 is exactly one tenth), or a `Decimal` when
 * the value needs more digits than that. Safe integers and short fractions take a path without allocation; its results are
 * those of the exact path, which `decimal.test.ts` proves. Comparing two JS numbers is exact as it stands: shortest texts
 * are ordered as their doubles.
 */
export class Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
  constructor(coefficient: bigint, exponent: number) {
    this.coefficient = coefficient;
    this.exponent = exponent;
  }
  toString(): string {
    return textOfDecimal(this);
  }
}

export type FeelNumber = number | Decimal;

export const PRECISION = 34;
/** Largest adjusted exponent of decimal128; beyond it there is no number. */
const MAX_EXPONENT = 6144;
const MAX = Number.MAX_SAFE_INTEGER;
/** Below this every decimal of 15 digits survives the way through a double. */
const SHORT = 1e15;
const POWERS: readonly number[] = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));
const BIG_POWERS: bigint[] = [1n];

export function isNumber(value: unknown): value is FeelNumber {
  return typeof value === 'number' || value instanceof Decimal;
}

export function bigPower(exponent: number): bigint {
  for (let next = BIG_POWERS.length; next <= exponent; next += 1) BIG_POWERS.push(BIG_POWERS[next - 1]! * 10n);
  return BIG_POWERS[exponent]!;
}

/** Decimal places of a short fraction, or -1 when the exact path must decide. */
function places(value: number): number {
  for (let count = 0; count <= 9; count += 1) {
    const scaled = Math.round(value * POWERS[count]!);
    if (scaled >= SHORT || scaled <= -SHORT) return -1;
    if (scaled / POWERS[count]! === value) return count;
  }
  return -1;
}

export function toDecimal(value: FeelNumber): Decimal {
  if (typeof value !== 'number') return value;
  if (Number.isSafeInteger(value)) return new Decimal(BigInt(value), 0);
  return parts(String(value))!;
}

/** Digits beyond these only tip a rounding, and a million of them take a second to read. */
const LONGEST = 100;

function parts(text: string): Decimal | null {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null || match[2]! + match[3]! === '') return null;
  const digits = (match[2]! + match[3]!).replace(/^0+(?=\d)/, '');
  const kept =
    digits.length > LONGEST ? digits.slice(0, LONGEST) + (/[1-9]/.test(digits.slice(LONGEST)) ? '1' : '0') : digits;
  const coefficient = BigInt(kept);
  const exponent = Number(match[4] ?? 0) - match[3]!.length + (digits.length - kept.length);
  return new Decimal(match[1] === '-' ? -coefficient : coefficient, exponent);
}

/** A decimal text such as `-12.50` or `1E3`; null when it is none. */
export function parseNumber(text: string): FeelNumber | null {
  if (text.length <= 15 && /^-?\d+(\.\d+)?$/.test(text)) return Number(text) + 0;
  const decimal = parts(text);
  return decimal === null ? null : normal(decimal.coefficient, decimal.exponent);
}

export function digitsOf(coefficient: bigint): number {
  const text = coefficient.toString();
  return coefficient < 0n ? text.length - 1 : text.length;
}

export type Rounding = 'half even' | 'half up' | 'half down' | 'up' | 'down' | 'floor' | 'ceiling';

/** `coefficient / 10^drop` as an integer, rounded. `sticky`: something nonzero lies below the coefficient's last digit. */
function dropDigits(coefficient: bigint, drop: number, rounding: Rounding, sticky = false): bigint {
  const power = bigPower(drop);
  const quotient = coefficient / power;
  const remainder = coefficient % power;
  if (remainder === 0n && !sticky) return quotient;
  const negative = coefficient < 0n;
  const twice = (remainder < 0n ? -remainder : remainder) * 2n;
  const half = twice === power ? (sticky ? 1 : 0) : twice > power ? 1 : -1;
  const away = (): boolean => {
    switch (rounding) {
      case 'half even':
        return half > 0 || (half === 0 && quotient % 2n !== 0n);
      case 'half up':
        return half >= 0;
      case 'half down':
        return half > 0;
      case 'up':
        return true;
      case 'down':
        return false;
      case 'floor':
        return negative;
      case 'ceiling':
        return !negative;
    }
  };
  return away() ? quotient + (negative ? -1n : 1n) : quotient;
}

/** The number with at most 34 digits; null when its exponent leaves decimal128. */
export function normal(coefficient: bigint, exponent: number, sticky = false): FeelNumber | null {
  if (coefficient === 0n) return 0;
  let digits = digitsOf(coefficient);
  if (digits > PRECISION) {
    const drop = digits - PRECISION;
    coefficient = dropDigits(coefficient, drop, 'half even', sticky);
    exponent += drop;
    digits = digitsOf(coefficient);
  }
  if (exponent + digits - 1 > MAX_EXPONENT) return null;
  if (exponent + digits - 1 < -MAX_EXPONENT) return 0;
  while (coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  digits = digitsOf(coefficient);
  if (exponent >= 0 && digits + exponent <= 16) {
    const integer = coefficient * bigPower(exponent);
    if (integer <= BigInt(MAX) && integer >= -BigInt(MAX)) return Number(integer);
  }
  if (digits <= 15 && exponent < 0 && exponent >= -22) return Number(coefficient) / Number(`1e${-exponent}`);
  return new Decimal(coefficient, exponent);
}

export function add(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
      if (Number.isSafeInteger(sum)) return sum;
    } else if (sum < 1e9 && sum > -1e9) {
      const scale = Math.max(places(a), places(b));
      if (scale >= 0 && scale <= 6 && places(a) >= 0 && places(b) >= 0) {
        const power = POWERS[scale]!;
        const scaled = Math.round(a * power) + Math.round(b * power);
        if (scaled < SHORT && scaled > -SHORT) return scaled / power + 0;
      }
    }
  }
  return addExactly(toDecimal(a), toDecimal(b));
}

function addExactly(x: Decimal, y: Decimal): FeelNumber | null {
  if (x.coefficient === 0n) return normal(y.coefficient, y.exponent);
  if (y.coefficient === 0n) return normal(x.coefficient, x.exponent);
  const [high, low] = x.exponent >= y.exponent ? [x, y] : [y, x];
  const gap = high.exponent - low.exponent;
  // Beyond this the lower number only tips a rounding; aligning 1e6000 with 1e-6000 would write 12,000 digits.
  if (gap > 3 * PRECISION && digitsOf(low.coefficient) < gap - PRECISION) {
    const raised = high.coefficient * bigPower(2 * PRECISION) + (low.coefficient < 0n ? -1n : 1n);
    return normal(raised, high.exponent - 2 * PRECISION);
  }
  return normal(high.coefficient * bigPower(gap) + low.coefficient, low.exponent);
}

export function negate(a: FeelNumber): FeelNumber {
  return typeof a === 'number' ? 0 - a : new Decimal(-a.coefficient, a.exponent);
}

export function subtract(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  return add(a, negate(b));
}

export function multiply(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
      if (Number.isSafeInteger(product)) return product + 0;
    } else if (product < 1e9 && product > -1e9) {
      const left = places(a);
      const right = places(b);
      if (left >= 0 && right >= 0 && left + right <= 12) {
        const scaled = Math.round(a * POWERS[left]!) * Math.round(b * POWERS[right]!);
        if (scaled < SHORT && scaled > -SHORT) return scaled / POWERS[left + right]! + 0;
      }
    }
  }
  const x = toDecimal(a);
  const y = toDecimal(b);
  return normal(x.coefficient * y.coefficient, x.exponent + y.exponent);
}

/** Null for a zero divisor. */
export function divide(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a) && Number.isSafeInteger(b) && b !== 0) {
    if (a % b === 0) return a / b + 0;
    const quotient = a / b;
    const scale = quotient < 1e9 && quotient > -1e9 ? places(quotient) : -1;
    if (scale > 0 && scale <= 6) {
      const scaled = Math.round(quotient * POWERS[scale]!) * b;
      if (Number.isSafeInteger(scaled) && scaled === a * POWERS[scale]! && Number.isSafeInteger(a * POWERS[scale]!)) {
        return quotient;
      }
    }
  }
  const x = toDecimal(a);
  const y = toDecimal(b);
  if (y.coefficient === 0n) return null;
  const shift = Math.max(0, PRECISION + 2 + digitsOf(y.coefficient) - digitsOf(x.coefficient));
  const raised = x.coefficient * bigPower(shift);
  // Two spare digits and a sticky one make the rounding right whatever the remainder is.
  const quotient = raised / y.coefficient;
  return normal(quotient, x.exponent - y.exponent - shift, raised % y.coefficient !== 0n);
}

/** Negative, zero or positive. */
export function compareNumbers(a: FeelNumber, b: FeelNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  const x = toDecimal(a);
  const y = toDecimal(b);
  const signs = Number(x.coefficient > 0n) - Number(x.coefficient < 0n);
  const others = Number(y.coefficient > 0n) - Number(y.coefficient < 0n);
  if (signs !== others || signs === 0) return signs - others;
  const magnitudes = digitsOf(x.coefficient) + x.exponent - (digitsOf(y.coefficient) + y.exponent);
  if (magnitudes !== 0) return magnitudes > 0 ? signs : -signs;
  const low = Math.min(x.exponent, y.exponent);
  const left = x.coefficient * bigPower(x.exponent - low);
  const right = y.coefficient * bigPower(y.exponent - low);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** DMN 1.5 §10.3.4.5 rounding to `scale` decimal places; null when the scale leaves decimal128. */
export function roundTo(value: FeelNumber, scale: number, rounding: Rounding): FeelNumber | null {
  if (scale < -6111 || scale > 6176) return null;
  if (Number.isSafeInteger(value) && scale >= 0) return value;
  const { coefficient, exponent } = toDecimal(value);
  if (-exponent <= scale) return value;
  const drop = -exponent - scale;
  const digits = digitsOf(coefficient);
  if (drop > digits + 1) {
    const tiny = dropDigits(coefficient < 0n ? -1n : 1n, 2, rounding);
    return coefficient === 0n ? 0 : normal(tiny, -scale);
  }
  return normal(dropDigits(coefficient, drop, rounding), -scale);
}

export function isInteger(value: unknown): value is FeelNumber {
  if (typeof value === 'number') return Number.isInteger(value);
  return value instanceof Decimal && value.exponent >= 0;
}

/** A safe integer for counting and indexing; null for fractions and huge numbers. */
export function toSafeInteger(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  return null;
}

/** A position or count: fractions are cut off (2.5 is the second place); null for what is no number. */
export function toWhole(value: unknown): number | null {
  if (!isNumber(value)) return null;
  const whole = Math.trunc(toDouble(value));
  return Number.isSafeInteger(whole) ? whole + 0 : null;
}

/** The nearest double: where a number leaves as JSON. */
export function toDouble(value: FeelNumber): number {
  return typeof value === 'number' ? value : Number(`${value.coefficient}e${value.exponent}`);
}

/** `a - b * floor(a / b)`, the sign of the divisor (§10.3.4.5 `modulo`); null for a zero divisor. */
export function modulo(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  const x = toDecimal(a);
  const y = toDecimal(b);
  if (y.coefficient === 0n) return null;
  if (Math.abs(x.exponent - y.exponent) > 4 * PRECISION) return null;
  const low = Math.min(x.exponent, y.exponent);
  const left = x.coefficient * bigPower(x.exponent - low);
  const right = y.coefficient * bigPower(y.exponent - low);
  const remainder = ((left % right) + right) % right;
  return normal(remainder, low);
}

/** Plain digits, no exponent, as `string(…)` writes numbers. */
export function textOfNumber(value: FeelNumber): string {
  if (typeof value === 'number' && Math.abs(value) < 1e21 && (Math.abs(value) >= 1e-6 || value === 0)) {
    return String(value + 0);
  }
  return textOfDecimal(toDecimal(value));
}

function textOfDecimal({ coefficient, exponent }: Decimal): string {
  const negative = coefficient < 0n;
  const digits = (negative ? -coefficient : coefficient).toString();
  const sign = negative ? '-' : '';
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent);
  const padded = digits.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
