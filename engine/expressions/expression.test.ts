import assert from 'node:assert/strict';
import type { JsonValue } from '../json.ts';
import { ExpressionSyntaxError } from './expression-syntax-error.ts';
import {
  compileExpression,
  compileFeel,
  compileUnaryTests,
  evaluate,
  evaluateUnaryTests,
  unknownNamesOf,
  variablesOf,
  type Evaluation,
  type EvaluationScope,
  type FeelWarning,
} from './expression.ts';

const NOW = Date.UTC(2026, 10, 20, 22, 30);

function scopeOf(variables: Readonly<Record<string, JsonValue>>): EvaluationScope {
  return {
    variables: { get: (name) => variables[name], toContext: () => variables },
    now: NOW,
    zone: 'Europe/Moscow',
    calendars: { ids: [] } as unknown as EvaluationScope['calendars'],
  };
}

function feel(text: string, variables: Readonly<Record<string, JsonValue>> = {}): Evaluation {
  return evaluate(compileFeel(text), scopeOf(variables));
}

function value(text: string, variables: Readonly<Record<string, JsonValue>> = {}): JsonValue {
  const evaluation = feel(text, variables);
  assert.ok(evaluation.ok, JSON.stringify(evaluation));
  return evaluation.value;
}

function failure(text: string, variables: Readonly<Record<string, JsonValue>> = {}): string {
  const evaluation = feel(text, variables);
  assert.ok(!evaluation.ok, JSON.stringify(evaluation));
  return evaluation.failure.message;
}

function warningsOf(text: string): readonly FeelWarning[] {
  const evaluation = feel(text);
  return evaluation.ok ? evaluation.warnings : evaluation.failure.warnings;
}

function refusal(text: string): ExpressionSyntaxError {
  try {
    compileFeel(text);
  } catch (error) {
    assert.ok(error instanceof ExpressionSyntaxError, String(error));
    return error;
  }
  return assert.fail(`Expected <${text}> to be refused`);
}

describe('compileExpression', () => {
  it('reads text without = as a static string', () => {
    const expression = compileExpression('amount > 100');
    assert.equal(expression.static, true);
    assert.deepEqual(evaluate(expression, scopeOf({})), { ok: true, value: 'amount > 100', warnings: [] });
  });

  it('reads text after = as FEEL', () => {
    const expression = compileExpression(' =amount > 100');
    assert.equal(expression.static, false);
    assert.deepEqual(evaluate(expression, scopeOf({ amount: 101 })), { ok: true, value: true, warnings: [] });
    assert.ok(Object.isFrozen(expression));
  });

  const slips: readonly (readonly [string, number, RegExp])[] = [
    ['if a then 1 else', 17, /if … then … else …/],
    ['a == 1', 4, /single =/],
    ['a && b', 3, /"and"/],
    ['a || b', 3, /"or"/],
    ["'text'", 1, /double quotes/],
    ['"text', 1, /second double quote/],
    ['(a + 1', 7, /closing bracket/],
    ['> 5', 1, /before the operator/],
    ['', 1, /empty/],
    ['summ(a)', 1, /Unknown function <summ>/],
    ['1e', 2, /operator/],
    ['{a: 1,}', 7, /another entry/],
    ['flor(a)', 1, /Did you mean <floor>/],
    ['is valid iin(a)', 1, /Did you mean <is valid inn>/],
    ['function(x) external {java: {class: "java.lang.Math"}}', 1, /External functions/],
  ];
  for (const [text, column, message] of slips) {
    it(`refuses <${text}> and says what to do`, () => {
      const error = refusal(text);
      assert.match(error.message, message);
      assert.deepEqual([error.line, error.column], [1, column]);
    });
  }

  it('counts lines from 1', () => {
    const error = refusal('a +\n  * b');
    assert.equal(error.line, 2);
  });

  for (const text of [
    '{"__proto__": {a: 1}}',
    'a.constructor',
    '__proto__',
    '{"\\u005f_proto__": 1}',
    'for prototype in [1] return 1',
  ]) {
    it(`refuses the reserved name in <${text}>`, () => {
      assert.match(refusal(text).message, /reserved/);
    });
  }
});

describe('variablesOf', () => {
  const reads: readonly (readonly [string, readonly string[]])[] = [
    ['order.total > limit and order.paid', ['order', 'limit']],
    ['for x in items, y in x.lines return x.price * rate + y', ['items', 'rate']],
    ['some x in items satisfies x > min(limits)', ['items', 'limits']],
    ['{a: b, c: a + d}', ['b', 'd']],
    ['function(x) x + base', ['base']],
    ['items[item.price > floor(limit)]', ['items', 'limit']],
    ['string join(list: names, delimiter: glue)', ['names', 'glue']],
    ['now() > date and time(deadline)', ['deadline']],
    ['order instance of string', ['order']],
    ['сумма акта + `сумма НДС`', ['сумма акта', 'сумма НДС']],
  ];
  for (const [text, names] of reads) {
    it(`of <${text}>`, () => assert.deepEqual(variablesOf(compileFeel(text)), names));
  }
});

describe('unknownNamesOf', () => {
  it('gives the place and the nearest known name', () => {
    assert.deepEqual(unknownNamesOf(compileFeel('amount > 5 and regoin = "north" or x'), ['amount', 'region']), [
      { name: 'regoin', suggestion: 'region', from: 15, to: 21 },
      { name: 'x', suggestion: null, from: 35, to: 36 },
    ]);
  });
});

describe('evaluate', () => {
  it('answers now() and today() from the scope', () => {
    assert.equal(value('now()'), '2026-11-21T01:30:00+03:00');
    assert.equal(value('today()'), '2026-11-21');
    assert.equal(value('now() + duration("PT4H")'), '2026-11-21T05:30:00+03:00');
  });

  it('lets temporal values out as ISO text and reads text that is converted', () => {
    assert.deepEqual(value('[date("2026-11-20"), @"PT36H", time("10:00:00"), date and time("2026-11-20T10:00:00Z")]'), [
      '2026-11-20',
      'P1DT12H',
      '10:00:00',
      '2026-11-20T10:00:00Z',
    ]);
    assert.equal(value('date and time(due) > now()', { due: '2026-12-01T00:00:00+03:00' }), true);
  });

  it('gives null and a placed warning for a missing variable', () => {
    assert.deepEqual(feel('1 + missing'), {
      ok: true,
      value: null,
      warnings: [
        { message: "Variable 'missing' not found", from: 4, to: 11 },
        { message: "Can't add 'null' to '1'", from: 2, to: 3 },
      ],
    });
  });

  it('places warnings in the text the author wrote, once per place', () => {
    const evaluation = feel('for i in 1..3 return i + missing');
    assert.ok(evaluation.ok);
    assert.deepEqual(evaluation.value, [null, null, null]);
    const [first] = evaluation.warnings;
    assert.deepEqual(first, { message: "Variable 'missing' not found", from: 25, to: 32 });
    assert.equal(evaluation.warnings.filter(({ message }) => /missing/.test(message)).length, 1);
  });

  it('cycle: the text of a timer cycle, as in Camunda 8', () => {
    assert.equal(value('cycle(3, duration("PT1H"))'), 'R3/PT1H');
    assert.equal(value('cycle(duration("P1D"))'), 'R/P1D');
    assert.equal(value('cycle(null, duration("P1D"))'), 'R/P1D');
    assert.equal(value('cycle(3, "soon"[item = ""])'), null);
  });

  it('fails where no value can be trusted', () => {
    assert.match(failure('order.total(1)', { order: { total: 5 } }), /Cannot invoke/);
    assert.match(failure('string length("a", 2)'), /Cannot invoke/);
    assert.match(failure('floor("a")'), /Cannot invoke <floor\("a"\)>: expected \(n: number\) or/);
    assert.match(failure('odd("a")'), /'number' must be number, but is string; expected \(number: number\)/);
    assert.match(failure('modulo(divident: 1, divisor: 2)'), /no parameter 'divident', did you mean 'dividend'\?/);
    assert.match(failure('modulo(1)'), /an argument is missing; expected \(dividend: number, divisor: number\)/);
    assert.match(failure('upper case("a", 1)'), /it takes 1 argument;/);
    assert.match(failure('5 > true'), /one kind/);
    assert.match(failure('assert(x, x > 3, "мало")', { x: 2 }), /мало/);
    assert.match(failure('from json("{")'), /JSON text/);
  });

  it('filters by a boolean of the element', () => {
    const items = [
      { name: 'насос', ok: true },
      { name: 'кран', ok: false },
    ];
    assert.deepEqual(value('items[contains(item.name, "нас")].name', { items }), ['насос']);
    assert.deepEqual(value('items[item.ok].name', { items }), ['насос']);
    assert.deepEqual(value('items[2].name', { items }), 'кран');
  });

  it('reads declared names with operators in them as one name', () => {
    const expression = compileFeel('Monthly-Fee * 12 + order.unit-price', {
      shape: { 'Monthly-Fee': null, order: { 'unit-price': null } },
    });
    assert.deepEqual(variablesOf(expression), ['Monthly-Fee', 'order']);
    const scope = scopeOf({ 'Monthly-Fee': 2, order: { 'unit-price': 3 }, Monthly: 100, Fee: 1 });
    assert.deepEqual(evaluate(expression, scope), { ok: true, value: 27, warnings: [] });
    const missing = evaluate(expression, scopeOf({ Monthly: 100, Fee: 1, order: { 'unit-price': 3 } }));
    assert.equal(missing.ok && missing.value, null);
  });
});

describe('functions beyond DMN', () => {
  const variables = { nothing: null, order: { sum: 0 }, items: [] };
  const cases: readonly (readonly [string, JsonValue])[] = [
    ['get or else(missing, "по умолчанию")', 'по умолчанию'],
    ['get or else(order.sum, 5)', 0],
    ['is defined(nothing)', true],
    ['is defined(missing)', false],
    ['is defined(order.sum)', true],
    ['is defined(order.tax)', false],
    ['for x in [1] return is defined(x)', [true]],
    ['is empty(items)', true],
    ['is blank("  ")', true],
    ['trim("  a ")', 'a'],
    ['from json("{\\"a\\": [1, null]}").a[1]', 1],
    ['to json({a: date("2026-11-20"), b: [true]})', '{"a":"2026-11-20","b":[true]}'],
    ['matches("+7 900 000-00-00", "^\\+7[ 0-9-]+$")', true],
    ['matches("АКТ", "акт", "i")', true],
    ['replace("2026-11", "(\\d+)-(\\d+)", "$2.$1 ($0)")', '11.2026 (2026-11)'],
    ['split("a; b;;", ";\\s*")', ['a', 'b', '', '']],
  ];
  for (const [text, expected] of cases) {
    it(text, () => {
      const evaluation = feel(text, variables);
      assert.deepEqual(evaluation, { ok: true, value: expected, warnings: [] });
    });
  }

  it('matches back-references within the budget', () => {
    assert.equal(value('matches("aa", "(a)\\1")'), true);
    const text = `${'a'.repeat(40)}b`;
    assert.match(failure('matches(text, "^(a|aa)+\\1$")', { text }), /steps/);
  });

  it('says why one of our functions gave null', () => {
    assert.deepEqual(feel('matches(nothing, "a")', { nothing: null }), {
      ok: true,
      value: null,
      warnings: [{ message: "The argument 'input' of <matches> is null", from: 0, to: 21 }],
    });
    assert.deepEqual(
      warningsOf('1 + date("2021-02-30").day').map(({ message }) => message),
      ['<date("2021-02-30")> has no result', "Can't add 'null' to '1'"],
    );
    assert.deepEqual(feel('get value({}, "a")'), { ok: true, value: null, warnings: [] });
    const [phone] = warningsOf('"x" = normalise phone("12")');
    assert.deepEqual(phone, { message: '"12" is no phone number', from: 6, to: 27 });
  });

  it('refuses look-around', () => {
    assert.match(failure('matches("aa", "a(?=a)")'), /Look-ahead/);
  });
});

/** How long each takes is measured in `bench/feel.bench.ts`; here it must end, by an error that names it. */
describe('hostile expressions', () => {
  const list = Array.from({ length: 300 }, (_, index) => index);
  const data = {
    ...{ n: 2.5, big: 1_000_000, list, text: 'x'.repeat(1_000_000), pattern: `${'a'.repeat(40)}b` },
    entries: Object.fromEntries(list.map((index) => [`k${index}`, index])),
  };
  const hostile: readonly (readonly [string, RegExp])[] = [
    ['for i in 1..n return i', /whole numbers/],
    ['for i in [1..n] return i', /whole numbers/],
    ['for i in 1..big, j in 1..big return 1', /steps/],
    ['for a in list, b in list, c in list return 1', /steps/],
    ['for a in list return for b in list return for c in list return 1', /steps/],
    ['some x in 1..big satisfies x < 0', /steps/],
    ['{f: function(g, x) if x = 0 then 1 else g(g, x - 1) + g(g, x - 1), r: f(f, 60)}.r', /steps/],
    ['{f: function(x) if x < 2 then x else f(x - 1) + f(x - 2), r: f(60)}.r', /steps/],
    ['{f: function(g) g(g), r: f(f)}.r', /deeply/],
    ['for i in 1..40 return [partial, partial]', /steps/],
    ['to json(for i in 1..40 return [partial, partial])', /steps/],
    ['{f: function(s, n) if n = 0 then s else f(string join([s, s, s, s]), n - 1), r: f("a", 40)}.r', /steps/],
    ['{f: function(s, n) if n = 0 then s else f(replace(s, "a", "aaaaaaaa"), n - 1), r: f("a", 40)}.r', /steps/],
    ['{f: function(s, n) if n = 0 then s else f(concatenate(s, s, s, s), n - 1), r: f([1], 40)}.r', /steps/],
    // Each of these allocates or reads a million characters a thousand times over: they ended the server, not the expression.
    ['for i in 1..big return upper case(text)', /steps/],
    ['for i in 1..big return substring(text, 2)', /steps/],
    ['for i in 1..big return split(text, "")', /steps/],
    ['for i in 1..big return text = text + ""', /steps/],
    ['for i in 1..big return contains(text, "y")', /steps/],
    ['for i in 1..big return number(text)', /steps/],
    ['for i in 1..big return list contains(list, -1)', /steps/],
    ['for i in 1..big return context put(entries, "a", i)', /steps/],
    ['for i in 1..big return 1.1 ** 0.3', /steps/],
    ['for i in 1..big return string(10 ** 6000)', /steps/],
    ['for i in 1..big return matches("a", string(i))', /steps/],
    ['for i in 1..big return @"2026-01-01T00:00:00@Europe/Moscow" + @"PT1H"', /steps/],
    ['matches(pattern, "^(a|aa)+\\1$")', /steps/],
  ];
  for (const [text, message] of hostile) {
    it(`ends <${text}>`, () => {
      const evaluation = feel(text, data);
      assert.ok(!evaluation.ok, JSON.stringify(evaluation).slice(0, 200));
      assert.match(evaluation.failure.message, message);
      assert.equal(evaluation.failure.expression, text);
    });
  }

  it('reads a text of a million digits as the number of 34 digits it is', () => {
    assert.equal(value('number(text)', { text: '9'.repeat(1_000_000) }), null);
    assert.equal(value('number(text) = 0.1234', { text: `0.1234${'0'.repeat(100_000)}` }), true);
    assert.equal(value('number(text) > 0.1', { text: `0.1${'0'.repeat(100_000)}1` }), false);
  });

  it('matches a catastrophic pattern at once', () => {
    assert.equal(value('matches(text, "^(a+)+$")', { text: `${'a'.repeat(5_000)}!` }), false);
  });

  it('refuses literal ranges beyond the limit when compiled', () => {
    assert.match(refusal('for i in 1..1000, j in 1..1000 return i').message, /1000000 steps/);
  });

  it('shows no prototype and lets no forbidden key through', () => {
    const data = JSON.parse('{"a": 1, "__proto__": {"isAdmin": true}}') as JsonValue;
    assert.deepEqual(Object.keys(value('data', { data }) as object), ['a']);
    assert.equal(value('data.isAdmin', { data }), null);
    assert.deepEqual(value('context put({}, "__proto__", {isAdmin: true})'), {});
    assert.equal(value('data.toString', { data }), null);
  });

  it('refuses text and trees beyond the limits', () => {
    assert.match(refusal(`"${'a'.repeat(20_001)}"`).message, /characters/);
    assert.match(refusal(`${'('.repeat(400)}1${')'.repeat(400)}`).message, /nests deeper/);
    assert.match(refusal(`a${'.b'.repeat(9_000)}`).message, /nests too deeply/);
    assert.match(refusal('[1..'.repeat(4_000)).message, /nests too deeply|closing bracket/);
    assert.match(refusal('1 in ('.repeat(60)).message, /value/);
  });

  it('is not read differently because of names in the data it does not use', () => {
    assert.equal(value('a - b', { a: 5, b: 3, 'a - b': 100 }), 2);
  });
});

describe('evaluateUnaryTests', () => {
  const cases: readonly (readonly [string, JsonValue, boolean])[] = [
    ['-', 1, true],
    ['', null, true],
    ['"склад", "логистика"', 'логистика', true],
    ['not("склад", "логистика")', 'склад', false],
    ['< 18', 18, false],
    ['[18..65)', 65, false],
    ['[18..65)', 18, true],
    ['< 18', null, false],
    ['null', null, true],
    ['true', false, false],
    ['> limit', 11, true],
    ['contains(?, "брак")', 'заводской брак', true],
    ['? > 5 and ? < limit', 7, true],
    ['list contains(?, "ток")', ['ток', 'дым'], true],
  ];
  for (const [text, input, expected] of cases) {
    it(`<${text}> of ${JSON.stringify(input)}`, () => {
      const evaluation = evaluateUnaryTests(compileUnaryTests(text), input, scopeOf({ limit: 10 }));
      assert.deepEqual(evaluation, { ok: true, value: expected, warnings: [] });
    });
  }

  it('reads ISO text of a declared input type', () => {
    const tests = compileUnaryTests('< date("2026-02-01")', { inputType: 'date' });
    const evaluation = evaluateUnaryTests(tests, '2026-01-31', scopeOf({}));
    assert.deepEqual(evaluation, { ok: true, value: true, warnings: [] });
  });

  it('is checked when compiled', () => {
    assert.throws(() => compileUnaryTests('"a", '), ExpressionSyntaxError);
    assert.throws(() => compileUnaryTests('== 5'), ExpressionSyntaxError);
  });
});
