import assert from 'node:assert/strict';
import type { JsonValue } from '../json.ts';
import { compileFeel, evaluate, type EvaluationScope } from './expression.ts';

const variables: Readonly<Record<string, JsonValue>> = {
  x: 5,
  xs: [1, 2, 3],
  p: { a: 1, b: [{ c: 1 }, { c: 2 }] },
  'a b': 7,
  duration: 'P1D',
};

const scope: EvaluationScope = {
  variables: { get: (name) => variables[name], toContext: () => variables },
  now: 0,
  zone: 'UTC',
  calendars: { ids: [] } as unknown as EvaluationScope['calendars'],
};

/** Values that DMN 1.5 chapter 10 gives, by section. */
const CASES: Readonly<Record<string, readonly (readonly [string, JsonValue])[]>> = {
  'numbers §10.3.2.3.1': [
    ['0.1 + 0.2 = 0.3', true],
    ['decimal(2.345, 2)', 2.34],
    ['1/3*3 = 1', false],
    ['-2**2', 4],
    ['3**2**3', 729],
    ['2 ** -1', 0.5],
    ['1.5e3 + 1', 1501],
    ['0.1 * 3', 0.3],
    ['99999999999999999999 + 1 = 100000000000000000000', true],
    ['{fact: function(n) if n = 0 then 1 else n * fact(n - 1), r: fact(25)}.r = 15511210043330985984000000', true],
    ['1 / 0', null],
    ['modulo(-12, 5)', 3],
    ['modulo(10.1, 4.5)', 1.1],
  ],
  'temporal §10.3.2.3': [
    ['date("2021-01-31") + @"P1M"', '2021-02-28'],
    ['@"2021-03-28T01:30:00@Europe/Berlin" + @"PT1H"', '2021-03-28T03:30:00+02:00'],
    ['time("10:00:00Z") - time("09:00:00+01:00")', 'PT2H'],
    ['@"P1Y" / 5', 'P2M'],
    ['duration("P1Y") = duration("P12M")', true],
    ['string(@"PT24H")', 'P1D'],
    ['date("2021-02-30")', null],
    ['week of year(date("2003-12-29"))', 1],
    ['is(@"10:00:00Z", @"12:00:00+02:00")', false],
    ['@"999999999-12-31".year', 999_999_999],
  ],
  'ranges and tests §10.3.2.7': [
    ['1 in [<1, =1]', true],
    ['1 in (<0, >0)', true],
    ['5 in ]1..5[', false],
    ['10 in [1..x*2]', true],
    ['[finishes([5..10], [1..10]), finishes([5..10), [1..10]), overlaps([1..5], [3..8])]', [true, false, true]],
    ['range("[1..3)").end included', false],
  ],
  'lists, filters, paths §10.3.2.5': [
    ['[{a: 1}, {a: 2}][a > 1]', [{ a: 2 }]],
    ['p.b[2].c', 2],
    ['p.b.c', [1, 2]],
    ['xs[item >= 2][1]', 2],
    ['x[1]', 5],
    ['xs[-1]', 3],
    ['sort(xs, function(a, b) a > b)', [3, 2, 1]],
    ['list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)', [5, 5, 7, 8]],
  ],
  'names §10.3.1.4': [
    ['a b + 1', 8],
    ['{ a b: 1, c: a b + 1 }.c', 2],
    ['{"a b": 1}.a b', 1],
    ['{foo+bar: 2}.foo+bar', 2],
    ['duration = "P1D"', true],
    ['/* c */ 1 // d', 1],
  ],
  'functions §10.3.2.13': [
    ['(function(a, b) a + b)(1, 2)', 3],
    ['{a: 5, b: function() a + 1, c: b()}.c', 6],
    ['for f in (for i in 1..3 return function(n) n * i) return f(10)', [10, 20, 30]],
    ['substring(string: "foobar", start position: 3.8)', 'obar'],
    ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '[1=ab][2=]cd'],
    ['matches("O", "[A-Z-[OI]]", "i")', false],
    ['abs instance of function<number> -> number', true],
    ['abs instance of function<string> -> number', false],
    ['abs(@"-P1D")', 'P1D'],
    ['(function() "foo") instance of function<> -> string', true],
    ['(function() "foo") instance of function<> -> number', false],
    ['(function(a: number) a) instance of function<number> -> number', true],
    ['before(range: [1..2], point: 3)', true],
    ['before(point: 1, range: [2..3])', true],
    ['during(range: [1..5], point: 3)', true],
    ['range("[\\"1..2\\"..\\"3\\"]").start', '1..2'],
    ['substring("\\U01F40Eab", 2, 1)', 'a'],
    ['decimal(exp(1), 33) = 2.718281828459045235360287471352662', true],
    ['2 ** 0.5 = sqrt(2)', true],
  ],
};

for (const [section, cases] of Object.entries(CASES)) {
  describe(`FEEL: ${section}`, () => {
    for (const [text, expected] of cases) {
      it(text, () => {
        const evaluation = evaluate(compileFeel(text), scope);
        assert.ok(evaluation.ok, JSON.stringify(evaluation));
        assert.deepEqual(evaluation.value, expected);
      });
    }
  });
}

describe('FEEL: budget', () => {
  const hostile = [
    'for i in 1..1000 return for j in 1..1000 return for k in 1..1000 return 1',
    '{f: function(s, n) if n = 0 then s else f(s + s, n - 1), r: f("aaaaaaaaaaaaaaaa", 40)}.r',
    '{l: for i in 1..60 return [partial, partial], r: l = l}.r',
    '{l: for i in 1..60 return [partial, partial], r: string(l)}.r',
    'count(for i in 1..100000 return for j in 1..100000 return [i, j])',
  ];
  for (const text of hostile) {
    it(`ends <${text}> with an error that names it`, () => {
      const evaluation = evaluate(compileFeel(text), scope);
      assert.ok(!evaluation.ok, JSON.stringify(evaluation).slice(0, 200));
      assert.match(evaluation.failure.message, /steps/);
      assert.equal(evaluation.failure.expression, text);
    });
  }
});
