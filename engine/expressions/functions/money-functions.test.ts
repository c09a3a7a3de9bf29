import assert from 'node:assert/strict';
import type { JsonValue } from '../../json.ts';
import { compileFeel, evaluate, type Evaluation } from '../expression.ts';

function feel(text: string): Evaluation {
  return evaluate(compileFeel(text), {
    variables: { get: () => undefined, toContext: () => ({}) },
    now: 0,
    zone: 'UTC',
    calendars: { ids: [] } as never,
  });
}

describe('money in FEEL', () => {
  const cases: readonly (readonly [string, JsonValue])[] = [
    ['money(967265)', '9\u00a0672,65\u00a0₽'],
    ['money(-5)', '\u22120,05\u00a0₽'],
    ['money(amount: 100000000, language: "en")', '₽1,000,000.00'],
    ['money(9007199254740993 * 100)', '9\u00a0007\u00a0199\u00a0254\u00a0740\u00a0993,00\u00a0₽'],
    ['in words(1)', 'Ноль рублей 01 копейка'],
    ['in words(amount: 200, language: null)', 'Два рубля 00 копеек'],
    // The golden act of domain.md §3, line by line: VAT of the total would be 1 744,25.
    ['sum(for net in [250000, 266666, 71213, 83335, 83335, 83335, -45045] return vat on top(net, 22))', 174_426],
    ['sum(for gross in [250000, 266666, 71213, 83335, 83335, 83335, -45045] return vat included(gross, 22))', 142_972],
    ['vat on top(792839, 22)', 174_425],
    ['round half up(37.5 * 1899, 0)', 71_213],
    ['vat on top(net amount: -45045, vat rate: 22)', -9_910],
    ['vat on top(25, 10)', 3],
    ['vat on top(-25, 10)', -3],
    ['vat included(107, 7)', 7],
    ['vat on top(100, 0)', 0],
  ];
  for (const [text, expected] of cases) {
    it(text, () => assert.deepEqual(feel(text), { ok: true, value: expected, warnings: [] }));
  }

  it('gives null and a warning for null', () => {
    assert.deepEqual(feel('vat on top(null, 22)'), {
      ok: true,
      value: null,
      warnings: [{ message: "The argument 'net amount' of <vat on top> is null", from: 0, to: 20 }],
    });
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['in words(12.5)', /whole kopecks in in words\(…\), got 12.5.*round half up/],
    [
      'money("5")',
      /<money\("5"\)>: 'amount' must be number, but is string; expected \(amount: number, language\?: string\)/,
    ],
    ['money(5, "de")', /language "ru" or "en"/],
    ['vat on top(100, 220)', /0 to 100/],
    ['money(10 ** 100)', /amount of money/],
  ];
  for (const [text, message] of refused) {
    it(`refuses ${text}`, () => {
      const evaluation = feel(text);
      assert.ok(!evaluation.ok, JSON.stringify(evaluation));
      assert.match(evaluation.failure.message, message);
    });
  }
});
