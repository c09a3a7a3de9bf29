import assert from 'node:assert/strict';
import { compileFeel, compileUnaryTests } from '../expression.ts';
import { describeType } from './describe-type.ts';
import { excerptOf } from './excerpt-of.ts';
import { fromFeelType } from './from-feel-type.ts';
import { inferTests, inferType } from './infer-type.ts';
import { enumType, listType, NUMBER_TYPE, orderedType, STRING_TYPE, type StaticType } from './static-type.ts';

const order: StaticType = [
  {
    kind: 'context',
    entries: new Map([
      ['amount', { type: NUMBER_TYPE }],
      ['status', { type: enumType(['new', 'open']) }],
    ]),
    open: false,
  },
];
const types = new Map<string, StaticType>([
  ['amount', NUMBER_TYPE],
  ['name', STRING_TYPE],
  ['status', enumType(['new', 'open', 'done'])],
  [
    'percent',
    fromFeelType({ kind: 'constrained', base: { kind: 'number' }, allowedText: '[0..100]', allowed: () => true }),
  ],
  ['day', orderedType('date')],
  ['order', order],
  ['orders', listType(order)],
]);

describe('inferType', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['amount + 1', 'number'],
    ['name + "!"', 'string'],
    ['day + duration("P1D")', 'date'],
    ['day - day', 'days and time duration'],
    ['if amount > 5 then "big" else "small"', 'string "big", "small"'],
    ['orders.status', 'list<string "new", "open">'],
    ['orders[amount > 5].amount', 'list<number>'],
    ['orders[1]', 'context'],
    ['for o in orders return o.amount * 2', 'list<number>'],
    ['some o in orders satisfies o.amount > 3', 'boolean'],
    ['{total: amount, twice: total * 2}.twice', 'number'],
    ['(function(x: number) x > 3)(amount)', 'boolean'],
    ['substring(string: name, start position: 2)', 'string'],
    ['amount in (1, [5..9], > 20)', 'boolean'],
    ['get or else(missing, 5)', 'anything'],
    ['whatever', 'anything'],
    ['max(orders.amount)', 'number'],
    ['[1, "a", null]', 'list<number 1 | string "a">'],
  ];
  for (const [text, expected] of rows) {
    it(text, () => {
      const { type, findings } = inferType(compileFeel(text), types);
      assert.equal(describeType(type).en, expected);
      assert.deepEqual(findings, []);
    });
  }
});

describe('inferType finds', () => {
  /** Expression → code, and the text it is found at. */
  const rows: readonly (readonly [string, string])[] = [
    ['status = "opne"', 'never-true status = "opne" → open'],
    ['status != "opne"', 'never-false status != "opne" → open'],
    ['name = "x" and order.status in ("new", "opne")', 'never-true "opne" → open'],
    ['list contains(["opne", "clsed"], status)', 'never-true list contains(["opne", "clsed"], status)'],
    ['amount = name', 'different-types amount = name'],
    ['amount > "5"', 'different-types amount > "5"'],
    ['amount > null', 'only-null amount > null'],
    ['day < "2026-01-01"', 'different-types day < "2026-01-01"'],
    ['amount + name', 'only-null amount + name'],
    ['-name', 'only-null -name'],
    ['amount > 5 and amount < 3', 'never-true amount > 5 and amount < 3'],
    ['unknown > 5 and unknown < 3', 'never-true unknown > 5 and unknown < 3'],
    [
      'order.amount = 1 and name = "a" and order.amount = 2',
      'never-true order.amount = 1 and name = "a" and order.amount = 2',
    ],
    ['name = "a" and name = "b"', 'never-true name = "a" and name = "b"'],
    ['amount < 3 or amount >= 3', 'never-false amount < 3 or amount >= 3'],
    ['not(amount > 5) and amount > 7', 'never-true not(amount > 5) and amount > 7'],
    ['percent > 100', 'never-true percent > 100'],
    ['percent <= 100', 'never-false percent <= 100'],
    ['percent between 200 and 300', 'never-true percent between 200 and 300'],
    ['amount in [9..5]', 'empty-range [9..5]'],
    ['if amount then 1 else 2', 'not-a-condition amount'],
    ['amount and name = "x"', 'not-a-condition amount'],
    ['orders[name]', 'not-a-condition name'],
    ['order.amuont', 'unknown-property amuont → amount'],
    ['orders.totl', 'unknown-property totl'],
    ['day.yaer', 'unknown-property yaer → year'],
    ['name.length', 'unknown-property length'],
    ['upper case(amount)', 'wrong-arguments amount → string'],
    ['count()', 'wrong-arguments count()'],
    ['count(list: orders, more: 1)', 'wrong-arguments count(list: orders, more: 1)'],
    ['order.amount(1)', 'not-a-function order.amount'],
    ['amount instance of string', 'never-true amount instance of string'],
    ['if status = "new" then status = "done" else true', 'never-true status = "done"'],
  ];
  for (const [text, expected] of rows) {
    it(text, () => {
      const { findings } = inferType(compileFeel(text), types);
      assert.deepEqual(
        findings.map(
          (one) => `${one.code} ${excerptOf(text, one)}${one.suggestion === null ? '' : ` → ${one.suggestion}`}`,
        ),
        [expected],
      );
    });
  }

  it('says line and column', () => {
    const { findings } = inferType(compileFeel('amount > 1\nand status = "opne"'), types);
    assert.deepEqual(
      findings.map(({ line, column }) => [line, column]),
      [[2, 5]],
    );
  });
});

describe('inferTests', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['status', '"new", "open"', 'string "new", "open"'],
    ['status', 'not("new")', 'string "new", "open", "done"'],
    ['amount', '[1..5), > 9', 'number [1..5), > 9'],
    ['amount', '? > 3 and ? < 5', 'number (3..5)'],
    ['amount', '-', 'number'],
    ['percent', '> 100', 'null'],
    ['amount', '"x"', 'null'],
    ['day', '< date("2026-01-01")', 'date'],
  ];
  for (const [name, text, expected] of rows) {
    it(`${name}: ${text}`, () => {
      assert.equal(describeType(inferTests(compileUnaryTests(text), types.get(name)!, types).admitted).en, expected);
    });
  }
});
