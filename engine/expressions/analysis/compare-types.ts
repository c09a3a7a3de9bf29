import type { ComparisonOp } from '../syntax/syntax-tree.ts';
import { highest, intersect, lowest, orderOf, type Interval } from './interval.ts';
import { alternativesOf, isDuration, type Alternative, type StaticType } from './static-type.ts';

/** How a comparison may come out, over all values of two types. */
export interface Outcome {
  readonly holds: boolean;
  readonly fails: boolean;
  /** Null: the values cannot be compared. */
  readonly unknown: boolean;
  /** Some two values that are not both null can be compared at all. */
  readonly comparable: boolean;
}

/** `a op b` (DMN 1.5 Tables 53 and 54). */
export function compareTypes(op: ComparisonOp, a: StaticType, b: StaticType): Outcome {
  const outcomes = alternativesOf(a).flatMap((one) => alternativesOf(b).map((other) => compareTwo(op, one, other)));
  return {
    holds: outcomes.some(({ holds }) => holds),
    fails: outcomes.some(({ fails }) => fails),
    unknown: outcomes.some(({ unknown }) => unknown),
    comparable: outcomes.some(({ comparable }) => comparable),
  };
}

const NOT_COMPARABLE: Outcome = { holds: false, fails: false, unknown: true, comparable: false };
const EITHER: Outcome = { holds: true, fails: true, unknown: false, comparable: true };

function compareTwo(op: ComparisonOp, a: Alternative, b: Alternative): Outcome {
  if (op === '=') return equalTwo(a, b);
  if (op === '!=') {
    const { holds, fails, ...rest } = equalTwo(a, b);
    return { ...rest, holds: fails, fails: holds };
  }
  if ('within' in a && 'within' in b && a.kind === b.kind) return orderTwo(op, a.within, b.within);
  if (a.kind === 'string' && b.kind === 'string') return EITHER;
  const isMoment = (kind: string): boolean => kind === 'date' || kind === 'date and time';
  if (isMoment(a.kind) && isMoment(b.kind)) return { ...EITHER, unknown: true };
  if (a.kind === 'time' && b.kind === 'time') return { ...EITHER, unknown: true };
  return NOT_COMPARABLE;
}

function equalTwo(a: Alternative, b: Alternative): Outcome {
  if (a.kind === 'null' || b.kind === 'null') {
    const both = a.kind === b.kind;
    // What asks for null is no comparison of unlike things.
    return { holds: both, fails: !both, unknown: false, comparable: false };
  }
  // Two durations of different kinds are equal when both are nothing.
  if (a.kind !== b.kind) {
    return isDuration(a.kind) && isDuration(b.kind)
      ? { holds: true, fails: false, unknown: true, comparable: true }
      : NOT_COMPARABLE;
  }
  if ('values' in a && 'values' in b) return equalSets(a.values, b.values);
  if ('literals' in a && 'literals' in b) {
    return a.literals === null || b.literals === null ? EITHER : equalSets(a.literals, b.literals);
  }
  if ('within' in a && 'within' in b) {
    if (a.within === null || b.within === null) return EITHER;
    const holds = intersect(a.within, b.within).length > 0;
    return { holds, fails: !(holds && isPoint(a.within) && isPoint(b.within)), unknown: false, comparable: true };
  }
  return { ...EITHER, unknown: a.kind === 'date and time' || a.kind === 'time' };
}

function equalSets<Value>(a: readonly Value[], b: readonly Value[]): Outcome {
  const holds = a.some((value) => b.includes(value));
  return { holds, fails: !(holds && a.length === 1 && b.length === 1), unknown: false, comparable: true };
}

function isPoint(within: readonly Interval[]): boolean {
  const [only] = within;
  return within.length === 1 && only!.from !== null && only!.to !== null && orderOf(only!.from, only!.to) === 0;
}

function orderTwo(
  op: Exclude<ComparisonOp, '=' | '!='>,
  a: readonly Interval[] | null,
  b: readonly Interval[] | null,
): Outcome {
  if (a === null || b === null) return EITHER;
  const sides = { '<': [a, b], '>': [b, a], '<=': [a, b], '>=': [b, a] } as const;
  const [low, high] = sides[op];
  const strict = op === '<' || op === '>';
  return {
    holds: somewhereBelow(low, high, strict),
    fails: somewhereBelow(high, low, !strict),
    unknown: false,
    comparable: true,
  };
}

/** Some value of `low` lies below some value of `high`; or, when not strict, on it. */
function somewhereBelow(low: readonly Interval[], high: readonly Interval[], strict: boolean): boolean {
  const from = lowest(low);
  const to = highest(high);
  if (from === null || to === null) return true;
  const sign = orderOf(from, to);
  return sign < 0 || (!strict && sign === 0 && from.included && to.included);
}
