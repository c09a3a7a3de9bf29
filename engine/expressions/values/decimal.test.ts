import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  add,
  compareNumbers,
  Decimal,
  divide,
  multiply,
  parseNumber,
  roundTo,
  textOfNumber,
  toDecimal,
} from './decimal.ts';
import type { FeelNumber } from './decimal.ts';

/** Short decimals such as people write, as JavaScript numbers. */
const short = fc
  .tuple(fc.integer({ min: -10_000_000, max: 10_000_000 }), fc.integer({ min: 0, max: 6 }))
  .map(([coefficient, places]) => ({ coefficient, places, value: Number(`${coefficient}e-${places}`) }));

/** The same number by the path without shortcuts: more digits than a double has, taken away again. */
function exactly(value: number): Decimal {
  return toDecimal(parseNumber(`${toDecimal(value).coefficient}e${toDecimal(value).exponent}`)!);
}

function same(a: FeelNumber | null, b: FeelNumber | null): void {
  assert.ok(a !== null && b !== null && compareNumbers(a, b) === 0, `${String(a)} is not ${String(b)}`);
}

describe('decimal numbers', () => {
  it('add and multiply on the fast path as on the exact one', () => {
    fc.assert(
      fc.property(short, short, (a, b) => {
        const scale = Math.max(a.places, b.places);
        const up = (one: typeof a): bigint => BigInt(one.coefficient) * 10n ** BigInt(scale - one.places);
        same(add(a.value, b.value), new Decimal(up(a) + up(b), -scale));
        same(
          multiply(a.value, b.value),
          new Decimal(BigInt(a.coefficient) * BigInt(b.coefficient), -a.places - b.places),
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('divide on the fast path as on the exact one', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 100_000 }), (a, b) => {
        same(divide(a, b), divide(exactly(a), exactly(b)));
        const quotient = divide(a, b)!;
        const back = multiply(quotient, b)!;
        assert.equal(compareNumbers(roundTo(back, 20, 'half even')!, a), 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('round half-even to 34 digits', () => {
    assert.equal(textOfNumber(divide(1, 3)!), `0.${'3'.repeat(34)}`);
    assert.equal(textOfNumber(divide(2, 3)!), `0.${'6'.repeat(33)}7`);
    assert.equal(textOfNumber(add(parseNumber(`1${'0'.repeat(34)}`)!, 5)!), `1${'0'.repeat(34)}`);
    assert.equal(textOfNumber(add(parseNumber(`1${'0'.repeat(33)}1`)!, 0)!), `1${'0'.repeat(34)}`);
    assert.equal(textOfNumber(add(parseNumber(`1${'0'.repeat(33)}3`)!, 0)!), `1${'0'.repeat(34)}`);
    assert.equal(textOfNumber(add(parseNumber(`1${'0'.repeat(33)}6`)!, 0)!), `1${'0'.repeat(32)}10`);
  });

  it('end where decimal128 ends', () => {
    assert.equal(multiply(parseNumber('1e6000')!, parseNumber('1e6000')!), null);
    assert.equal(multiply(parseNumber('1e-6000')!, parseNumber('1e-6000')!), 0);
    same(add(parseNumber('1e6000')!, parseNumber('1e-6000')!), parseNumber('1e6000'));
    assert.equal(divide(1, 0), null);
  });

  const roundings = [
    ['half even', 2.5, 0, 2],
    ['half even', 3.5, 0, 4],
    ['half even', 2.345, 2, 2.34],
    ['half up', 1.005, 2, 1.01],
    ['half down', -2.5, 0, -2],
    ['up', -1.1, 0, -2],
    ['down', -1.9, 0, -1],
    ['floor', -1.1, 0, -2],
    ['ceiling', 1.56, 1, 1.6],
    ['half up', 1234, -2, 1200],
  ] as const;
  for (const [rounding, value, scale, expected] of roundings) {
    it(`${value} to ${scale} places, ${rounding}, is ${expected}`, () => {
      assert.equal(roundTo(value, scale, rounding), expected);
    });
  }
});
