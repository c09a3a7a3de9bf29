import type { Interval } from './interval.ts';
import { join } from './join.ts';
import { meet } from './meet.ts';
import { isOrdered, type Kind, type OrderedKind, type StaticType } from './static-type.ts';
import { typeOfValue } from './type-of-value.ts';
import { treeOfTests } from '../compile.ts';
import { compileUnaryTests, type Expression } from '../expression.ts';
import { ExpressionSyntaxError } from '../expression-syntax-error.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { isNumber, negate } from '../values/decimal.ts';
import type { FeelValue } from '../values/feel-value.ts';
import { kindName } from '../values/kind-name.ts';
import { parseTemporal } from '../values/temporal-text.ts';

/** Exactly which values a cell lets through: every one, those named, or what only evaluation can tell. */
export type CellValues =
  | { readonly kind: 'every' }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'some';
      readonly negated: boolean;
      readonly points: readonly FeelValue[];
      readonly intervals: readonly Interval[];
      /** Null is named. */
      readonly admitsNull: boolean;
    };

const UNKNOWN: CellValues = { kind: 'unknown' };

export function cellValues(tests: Expression): CellValues {
  const { any, negated, tests: nodes } = treeOfTests(tests);
  if (any) return { kind: 'every' };
  const points: FeelValue[] = [];
  const intervals: Interval[] = [];
  let admitsNull = false;
  for (const node of nodes) {
    if (node.kind === 'range') {
      const interval = intervalOf(node);
      if (interval === null) return UNKNOWN;
      intervals.push(interval);
      continue;
    }
    const value = constantOf(node.kind === 'equals' && !node.negated ? node.operand : node);
    if (value === undefined) return UNKNOWN;
    if (value === null) admitsNull = true;
    else points.push(value);
  }
  return { kind: 'some', negated, points, intervals, admitsNull };
}

function intervalOf({ start, end, startIncluded, endIncluded }: Extract<Node, { kind: 'range' }>): Interval | null {
  const low = start === null ? null : constantOf(start);
  const high = end === null ? null : constantOf(end);
  if (!isBound(low) || !isBound(high)) return null;
  return {
    from: low === null ? null : { value: low, included: startIncluded },
    to: high === null ? null : { value: high, included: endIncluded },
  };
}

function isBound(value: FeelValue | undefined): value is FeelValue {
  return value === null || (value !== undefined && isOrdered(kindName(value) as Kind));
}

/** The values of a type that pass tests, as far as the tests are plain values and ranges. */
export function narrowed(type: StaticType, tests: string): StaticType {
  const cell = valuesOfText(tests);
  if (cell.kind !== 'some' || cell.negated) return type;
  const points = cell.points.map(typeOfValue);
  const intervals = cell.intervals.map((interval): StaticType => {
    const bound = (interval.from ?? interval.to)!;
    return [{ kind: kindName(bound.value) as OrderedKind, within: [interval] }];
  });
  const passed = join(...points, ...intervals);
  return passed.length === 0 ? type : meet(type, passed);
}

function valuesOfText(tests: string): CellValues {
  try {
    return cellValues(compileUnaryTests(tests));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return UNKNOWN;
    throw error;
  }
}

const TEMPORAL = new Set(['date', 'duration']);

/** The value of a literal, or of `date("…")` and the like; undefined for anything else. */
function constantOf(node: Node): FeelValue | undefined {
  if (node.kind === 'literal') return node.value;
  if (node.kind === 'negation' && node.operand.kind === 'literal' && isNumber(node.operand.value)) {
    return negate(node.operand.value);
  }
  if (node.kind !== 'call' || node.callee.kind !== 'name' || !TEMPORAL.has(node.callee.name)) return undefined;
  const [only] = node.args;
  if (node.args.length !== 1 || only?.value.kind !== 'literal' || typeof only.value.value !== 'string')
    return undefined;
  return parseTemporal(only.value.value) ?? undefined;
}
