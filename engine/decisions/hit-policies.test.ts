import assert from 'node:assert/strict';
import type { JsonValue } from '../json.ts';
import { decide, table } from './test/dmn-file.ts';

type Rule = readonly [string, ...string[]];

const OVERLAPPING: readonly Rule[] = [
  ['> 0', '"low"'],
  ['> 10', '"middle"'],
  ['> 100', '"high"'],
  ['< 0', '"negative"'],
];
const PRIORITIES =
  '<output id="out" name="out"><outputValues><text>"high", "middle", "low", "negative"</text></outputValues></output>';
const NUMBERS: readonly Rule[] = [
  ['> 0', '10'],
  ['> 10', '2.5'],
  ['> 100', '40'],
];

describe('hit policies', () => {
  const cases: readonly {
    readonly attributes: string;
    readonly x: JsonValue;
    readonly expected: JsonValue;
    readonly rules?: readonly Rule[];
    readonly outputs?: string;
    readonly matched: readonly number[];
  }[] = [
    { attributes: '', x: 5, expected: 'low', matched: [1] },
    { attributes: 'hitPolicy="UNIQUE"', x: 0, expected: null, matched: [] },
    { attributes: 'hitPolicy="FIRST"', x: 500, expected: 'low', matched: [1] },
    {
      attributes: 'hitPolicy="ANY"',
      rules: [
        ['> 0', '1 + 1'],
        ['> 10', '2'],
      ],
      x: 11,
      expected: 2,
      matched: [1, 2],
    },
    { attributes: 'hitPolicy="PRIORITY"', outputs: PRIORITIES, x: 500, expected: 'high', matched: [1, 2, 3] },
    { attributes: 'hitPolicy="PRIORITY"', outputs: PRIORITIES, x: 50, expected: 'middle', matched: [1, 2] },
    {
      attributes: 'hitPolicy="OUTPUT ORDER"',
      outputs: PRIORITIES,
      x: 500,
      expected: ['high', 'middle', 'low'],
      matched: [1, 2, 3],
    },
    { attributes: 'hitPolicy="RULE ORDER"', x: 500, expected: ['low', 'middle', 'high'], matched: [1, 2, 3] },
    { attributes: 'hitPolicy="COLLECT"', x: 50, expected: ['low', 'middle'], matched: [1, 2] },
    { attributes: 'hitPolicy="COLLECT"', x: 0, expected: null, matched: [] },
    { attributes: 'hitPolicy="COLLECT" aggregation="SUM"', rules: NUMBERS, x: 500, expected: 52.5, matched: [1, 2, 3] },
    { attributes: 'hitPolicy="COLLECT" aggregation="MIN"', rules: NUMBERS, x: 500, expected: 2.5, matched: [1, 2, 3] },
    { attributes: 'hitPolicy="COLLECT" aggregation="MAX"', rules: NUMBERS, x: 50, expected: 10, matched: [1, 2] },
    { attributes: 'hitPolicy="COLLECT" aggregation="COUNT"', x: 500, expected: 3, matched: [1, 2, 3] },
  ];
  for (const { attributes, x, expected, rules = OVERLAPPING, outputs, matched } of cases) {
    it(`${attributes || 'no policy'} of ${JSON.stringify(x)} gives ${JSON.stringify(expected)}`, async () => {
      const result = await decide(table({ attributes, rules, outputs }), { x });
      assert.ok(result.ok, JSON.stringify(result));
      assert.deepEqual(result.output, expected);
      assert.deepEqual(
        result.trace.matchedRules.map(({ ruleIndex }) => ruleIndex),
        matched,
      );
    });
  }

  it('orders by declared values and not by the place of the rules', async () => {
    const rules: readonly Rule[] = [
      ['> 0', '"middle"'],
      ['> 0', '"high"'],
      ['> 0', '"low"'],
      ['> 0', '"high"'],
    ];
    const result = await decide(table({ attributes: 'hitPolicy="OUTPUT ORDER"', outputs: PRIORITIES, rules }), {
      x: 1,
    });
    assert.deepEqual(result.ok && result.output, ['high', 'high', 'middle', 'low']);
  });

  const TWO_OUTPUTS =
    '<output id="a" name="a"><outputValues><text>1, 2</text></outputValues></output>' +
    '<output id="b" name="b"><outputValues><text>"x", "y"</text></outputValues></output>';

  it('gives contexts for several outputs, ordered by the first output and then the second', async () => {
    const rules: readonly Rule[] = [
      ['> 0', '2', '"x"'],
      ['> 0', '1', '"y"'],
      ['> 0', '1', '"x"'],
    ];
    const result = await decide(table({ attributes: 'hitPolicy="OUTPUT ORDER"', outputs: TWO_OUTPUTS, rules }), {
      x: 1,
    });
    assert.ok(result.ok);
    assert.deepEqual(result.output, [
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 2, b: 'x' },
    ]);
  });

  it('gives default outputs when no rule matches', async () => {
    const outputs =
      '<output id="a" name="a"><defaultOutputEntry><text>x + 1</text></defaultOutputEntry></output><output id="b" name="b" />';
    const result = await decide(table({ attributes: '', outputs, rules: [['> 10', '1', '2']] }), { x: 4 });
    assert.deepEqual(result.ok && result.output, { a: 5, b: null });
  });

  const failures: readonly (readonly [string, readonly Rule[], string, RegExp])[] = [
    ['', OVERLAPPING, '', /rules 1, 2 match/],
    ['hitPolicy="ANY"', OVERLAPPING, '', /rules 1, 2 match with different/],
    [
      'hitPolicy="PRIORITY"',
      [
        ['> 0', '"unlisted"'],
        ['> 1', '"low"'],
      ],
      PRIORITIES,
      /rule 1 gives "unlisted"/,
    ],
    ['hitPolicy="COLLECT" aggregation="SUM"', [['> 0', '"text"']], '', /rule 1 gives "text"/],
    ['', [['> 0', 'y.foo(1)']], '', /Rule 1, output <out>: Cannot invoke/],
  ];
  for (const [attributes, rules, outputs, message] of failures) {
    it(`fails ${attributes || 'UNIQUE'}: ${String(message)}`, async () => {
      const result = await decide(table({ attributes, rules, outputs: outputs || undefined }), { x: 50, y: {} });
      assert.ok(!result.ok, JSON.stringify(result));
      assert.match(result.failure.message, message);
      assert.equal(result.failure.decisionId, 'd');
    });
  }
});
