import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DecisionTable } from '../../decisions/decision-model.ts';
import { compileFeel, compileUnaryTests } from '../../expressions/expression.ts';
import { FeelRun } from '../../expressions/compiler/feel-run.ts';
import { passesIn } from '../../expressions/run.ts';
import type { FeelValue } from '../../expressions/values/feel-value.ts';
import type { FeelType } from '../../expressions/values/feel-type.ts';
import { propertyOptions } from '../../test/property-options.ts';
import { overlapsOf } from '../rules/overlapping-rules.ts';
import { findGaps, type Region } from './find-gaps.ts';
import { tableBoxes, type TableBoxes, type TableSubject } from './table-subject.ts';

const number = fc.integer({ min: 0, max: 6 }).map(String);
const numberCell = fc.oneof(
  fc.constant('-'),
  number,
  fc.tuple(fc.constantFrom('<', '<=', '>', '>='), number).map(([op, bound]) => `${op} ${bound}`),
  fc
    .tuple(fc.constantFrom('[', '('), number, number, fc.constantFrom(']', ')'))
    .map(([open, from, to, close]) => `${open}${from}..${to}${close}`),
  fc.tuple(number, number).map(([a, b]) => `${a}, > ${b}`),
  fc.tuple(number, number).map(([a, b]) => `not(${a}, < ${b})`),
);
const textCell = fc.oneof(fc.constant('-'), fc.constantFrom('"a"', '"b"', '"c"', '"a", "c"', 'not("b")', '"z"'));
const tables = fc.array(fc.tuple(numberCell, textCell, numberCell), { minLength: 1, maxLength: 5 });

const NUMBER: FeelType = { kind: 'number' };
const LETTER: FeelType = {
  kind: 'constrained',
  base: { kind: 'string' },
  allowedText: '"a","b","c"',
  allowed: () => true,
};
const POINTS: readonly (readonly FeelValue[])[] = [
  Array.from({ length: 17 }, (_, at) => at / 2 - 1),
  ['a', 'b', 'c'],
  Array.from({ length: 17 }, (_, at) => at / 2 - 1),
];

function subjectOf(rows: readonly (readonly string[])[]): Pick<TableSubject, 'table' | 'columns'> {
  const inputs = (['x', 'y', 'z'] as const).map((name, column) => ({
    inputId: name,
    label: name,
    expression: compileFeel(name),
    type: column === 1 ? LETTER : NUMBER,
    allowedValues: null,
  }));
  const rules = rows.map((cells, row) => ({
    ruleId: `rule-${row + 1}`,
    annotation: null,
    inputEntries: cells.map((cell) => compileUnaryTests(cell)),
    outputEntries: [],
  }));
  const table = {
    kind: 'decisionTable',
    hitPolicy: 'UNIQUE',
    aggregation: null,
    inputs,
    outputs: [],
    rules,
  } as DecisionTable;
  const columns = [
    [{ kind: 'number', within: null }],
    [{ kind: 'string', literals: ['a', 'b', 'c'] }],
    [{ kind: 'number', within: null }],
  ] as const;
  return { table, columns };
}

const run = () =>
  new FeelRun({
    variables: { get: () => undefined, toContext: () => ({}) },
    now: 0,
    zone: 'UTC',
    calendars: { ids: [] } as never,
  });

/** The rules that match, by evaluating their cells. */
function matching({ table }: Pick<TableSubject, 'table'>, point: readonly FeelValue[]): readonly number[] {
  return table.rules.flatMap(({ inputEntries }, rule) =>
    inputEntries.every((entry, column) => passesIn(entry, [point[column]!], run())) ? [rule] : [],
  );
}

function isInside({ atoms }: TableBoxes, region: Region, point: readonly FeelValue[]): boolean {
  return point.every((value, column) => {
    const cell = { kind: 'some', negated: false, points: [value], intervals: [], admitsNull: false } as const;
    return [...atoms[column]!.holds(cell)].every((atom) => region[column]!.has(atom));
  });
}

describe('decision tables: gaps and overlaps against evaluation', () => {
  it('in a gap no rule matches, where rules overlap both do, and nothing else is left out', () => {
    fc.assert(
      fc.property(
        tables,
        fc.array(fc.tuple(fc.nat(16), fc.nat(2), fc.nat(16)), { minLength: 30, maxLength: 30 }),
        (rows, at) => {
          const subject = subjectOf(rows);
          const boxes = tableBoxes(subject)!;
          const gaps = findGaps(boxes);
          const overlaps = overlapsOf(boxes);
          for (const picks of at) {
            const point = picks.map((index, column) => POINTS[column]![index]!);
            const rules = matching(subject, point);
            const text = `${JSON.stringify(rows)} at ${JSON.stringify(point)}`;
            const inGap = gaps.some((gap) => isInside(boxes, gap, point));
            assert.ok(!inGap || rules.length === 0, `${text}: a gap, but ${rules.length} rules match`);
            assert.ok(rules.length > 0 || inGap || gaps.length >= 5, `${text}: nothing matches, but there is no gap`);
            for (const { pair, region } of overlaps) {
              const both = pair.every((rule) => rules.includes(rule));
              assert.equal(isInside(boxes, region, point), both, `${text}: rules ${pair.join(' and ')}`);
            }
            if (overlaps.length < 10 && rules.length > 1) {
              assert.ok(
                overlaps.some(({ pair }) => pair.every((rule) => rules.includes(rule))),
                text,
              );
            }
          }
        },
      ),
      propertyOptions(300),
    );
  });
});
