import assert from 'node:assert/strict';
import {
  BOOLEAN_TYPE,
  enumType,
  NUMBER_TYPE,
  STRING_TYPE,
  type StaticType,
} from '../../expressions/analysis/static-type.ts';
import { sampleType } from '../../expressions/analysis/sample-type.ts';
import { membersOf } from '../../expressions/analysis/members-of.ts';
import { compileFeel, evaluate } from '../../expressions/expression.ts';
import { ExpressionSyntaxError } from '../../expressions/expression-syntax-error.ts';
import { writeMember, writeName, writeText } from '../../expressions/syntax/write-feel.ts';
import { checkExpression, type ExpressionSurroundings } from './check-expression.ts';

const variables = new Map<string, StaticType>([
  ['amount', NUMBER_TYPE],
  ['topic', enumType(['delivery', 'defect'])],
  ['имя клиента', STRING_TYPE],
  ['claim', sampleType({ amount: 1, 'Monthly-Fee': 5 })],
  ['lines', sampleType([{ price: 5, name: null }])],
]);

/** Problems as `code at «excerpt» → text after the fix`. */
function problems(text: string, more: Partial<ExpressionSurroundings> = {}): string[] {
  return checkExpression(text, { variables, complete: true, ...more }).problems.map(({ code, from, to, fix }) => {
    const fixed = fix === null ? '' : ` → ${text.slice(0, fix.from)}${fix.text}${text.slice(fix.to)}`;
    return `${code} at «${text.slice(from, to)}»${fixed}`;
  });
}

describe('checkExpression', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['amount > 5 and topic = "defect"', []],
    ['amout > 5', ['unknown-name at «amout» → amount > 5']],
    ['имя клинта = "x"', ['unknown-name at «имя клинта» → имя клиента = "x"']],
    ['weather > 5', ['unknown-name at «weather»']],
    ['lines[price > 3]', []],
    ['claim.amuont > 5', ['unknown-property at «amuont» → claim.amount > 5']],
    ['claim.MonthlyFee > 5', ['unknown-property at «MonthlyFee» → claim.`Monthly-Fee` > 5']],
    ['topic = "delivry"', ['never-true at «topic = "delivry"» → topic = "delivery"']],
    ['amount > 5 and amount < 3', ['never-true at «amount > 5 and amount < 3»']],
    ['amount = "5"', ['different-types at «amount = "5"»']],
    [
      'wroking time after(1, "PT4H", "ru")',
      ['unknown-function at «wroking time after» → working time after(1, "PT4H", "ru")'],
    ],
    ['amount == 5', ['syntax at «=»']],
    ['amount > ', ['syntax at «»']],
    ['substring("a")', ['wrong-arguments at «substring("a")»']],
  ];
  for (const [text, expected] of rows) it(text, () => assert.deepEqual(problems(text), expected));

  it('compares the result with what the place takes', () => {
    assert.deepEqual(problems('amount + 1', { expected: BOOLEAN_TYPE }), ['wrong-result at «amount + 1»']);
    assert.deepEqual(problems('amount > 1', { expected: BOOLEAN_TYPE }), []);
    assert.deepEqual(problems('today()', { expected: STRING_TYPE }), [], 'a date leaves an expression as text');
    assert.deepEqual(problems('null', { expected: BOOLEAN_TYPE }), []);
  });

  it('reports only what is nearly a known name where others bring variables too', () => {
    assert.deepEqual(problems('weather > amout', { complete: false }), ['unknown-name at «amout» → weather > amount']);
  });

  it('speaks Russian about every mistake of syntax', () => {
    const broken = [
      ...[
        '',
        '1 +',
        '(1',
        '[1',
        '[1,]',
        '{a: 1',
        '{a 1}',
        '{: 1}',
        '{a: 1,}',
        '"x',
        '1 2',
        'a.',
        '`a',
        'if 1',
        'if a then 1',
      ],
      ...[
        'for x',
        'for x in [1]',
        'some x in [1]',
        'function(',
        'function(a',
        'a instance',
        'a instance of x',
        '@1',
        '> 5',
      ],
      ...[
        'a = = 1',
        'a between 1',
        'a in (1',
        'f(1,)',
        'abs(n: 1, 2)',
        '[1..',
        '1..2]',
        '__proto__',
        'a && b',
        'a ; b',
        "'x'",
      ],
      ...[
        'function(a) external 1',
        'a instance of list<number',
        'a instance of function<number> x',
        'for i in 1..999999 return i',
      ],
      ...[
        'nope(1)',
        `${'('.repeat(400)}1`,
        'x'.repeat(30_000),
        'a instance of context<a',
        'a instance of context<: x>',
      ],
    ];
    for (const text of broken) {
      try {
        compileFeel(text);
      } catch (error) {
        assert.ok(error instanceof ExpressionSyntaxError, text);
        const [problem] = checkExpression(text, { variables, complete: true }).problems;
        const { ru } = problem!.message;
        assert.match(ru, /[а-яё]/i);
        const words = ru
          .replace(/«[^»]*»/g, '')
          .replace(
            /\b(if|then|else|for|in|return|some|every|satisfies|between|and|instance|of|number|string|date|function)\b/g,
            '',
          );
        assert.doesNotMatch(words, /[a-z]{3}/, `${text.slice(0, 40)}: ${ru}`);
        assert.doesNotMatch(problem!.remedy.ru, /[a-z]{4}/, problem!.remedy.ru);
        assert.ok(problem!.from <= problem!.to && problem!.to <= text.length);
      }
    }
  });
});

describe('writing FEEL', () => {
  it('writes texts that are read back', () => {
    const scope = {
      variables: { get: () => undefined, toContext: () => ({}) },
      now: 0,
      zone: 'UTC',
      calendars: {} as never,
    };
    for (const text of ['', 'a"b', 'a\\b', 'a\\nb', '\n\r\t', '\\u0041', '«ё» 😀', '{{x}}', '\u2028']) {
      const evaluation = evaluate(compileFeel(writeText(text)), scope);
      assert.equal(evaluation.ok && evaluation.value, text);
    }
  });

  it('puts a name into backticks only where the grammar would read another', () => {
    assert.equal(writeName('имя клиента'), 'имя клиента');
    assert.equal(writeName('Monthly-Fee'), '`Monthly-Fee`');
    assert.equal(writeName('this and that'), '`this and that`');
    assert.equal(writeName('if'), '`if`');
    assert.equal(writeMember('if'), 'if');
    assert.equal(writeMember('unit-price'), '`unit-price`');
  });
});

describe('the type of a sample', () => {
  it('has the properties of contexts, and of the contexts in a list', () => {
    const type = sampleType([{ a: 1 }, { a: 'x', b: [true] }]);
    assert.deepEqual(
      membersOf(type).map(({ name }) => name),
      ['a', 'b'],
    );
    assert.deepEqual(membersOf(sampleType(null)), []);
  });
});
