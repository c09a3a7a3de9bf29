import type { ComparisonOp } from '../syntax/syntax-tree.ts';
import { complement, highest, lowest, type Bound, type Interval } from './interval.ts';
import {
  alternativesOf,
  EVERY_ALTERNATIVE,
  isDuration,
  isOrdered,
  withoutNull,
  type Alternative,
  type StaticType,
} from './static-type.ts';
import { NO_FACTS, type Facts } from './type-env.ts';

export const MIRRORED: Readonly<Record<ComparisonOp, ComparisonOp>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};
export const OPPOSITE: Readonly<Record<ComparisonOp, ComparisonOp>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

interface TwoFacts {
  readonly whenTrue: Facts;
  readonly whenFalse: Facts;
}

/** What `key op other` says of the value of `key` when it is true, and when it is false (null is neither). */
export function factsOfComparison(key: string | null, op: ComparisonOp, other: StaticType): TwoFacts {
  if (key === null || other === 'any') return { whenTrue: NO_FACTS, whenFalse: NO_FACTS };
  return { whenTrue: factOf(key, admitted(op, other)), whenFalse: factOf(key, admitted(OPPOSITE[op], other)) };
}

function factOf(key: string, type: StaticType): Facts {
  return type === 'any' ? NO_FACTS : new Map([[key, type]]);
}

/** The values for which `value op other` may be true. */
export function admitted(op: ComparisonOp, other: StaticType): StaticType {
  if (other === 'any') return other;
  if (op === '=') return equalTo(other);
  if (op === '!=') return unequalTo(other);
  return other.flatMap((one) => ordered(op, one));
}

const MOMENTS: readonly Alternative[] = [{ kind: 'date', within: null }, { kind: 'date and time' }];

function ordered(op: '<' | '<=' | '>' | '>=', other: Alternative): readonly Alternative[] {
  if (other.kind === 'string') return [{ kind: 'string', literals: null }];
  if (other.kind === 'time') return [{ kind: 'time' }];
  // A date also has an order with moments.
  if (other.kind === 'date and time') return MOMENTS;
  if (!('within' in other)) return [];
  const more = other.kind === 'date' ? [{ kind: 'date and time' as const }] : [];
  if (other.within === null || other.within.length === 0) return [{ kind: other.kind, within: null }, ...more];
  const within = [op === '<' || op === '<=' ? below(op, other.within) : above(op, other.within)];
  return [{ kind: other.kind, within }, ...more];
}

function below(op: '<' | '<=', within: readonly Interval[]): Interval {
  return { from: null, to: strict(highest(within), op === '<') };
}

function above(op: '>' | '>=', within: readonly Interval[]): Interval {
  return { from: strict(lowest(within), op === '>'), to: null };
}

function strict(bound: Bound | null, isStrict: boolean): Bound | null {
  return bound === null ? null : { value: bound.value, included: bound.included && !isStrict };
}

function equalTo(other: readonly Alternative[]): StaticType {
  return other.flatMap((one): readonly Alternative[] => {
    // Durations of different kinds are equal when both are nothing.
    if (isDuration(one.kind)) return EVERY_ALTERNATIVE.filter(({ kind }) => isDuration(kind));
    // Parts of lists and the like are equal whatever is known of them.
    return 'literals' in one || 'within' in one || 'values' in one || one.kind === 'null'
      ? [one]
      : EVERY_ALTERNATIVE.filter(({ kind }) => kind === one.kind);
  });
}

/** Everything but a single value. Comparing what is of another kind gives null, except with null. */
function unequalTo(other: readonly Alternative[]): StaticType {
  const [only] = other;
  if (other.length !== 1 || only === undefined) return 'any';
  if (only.kind === 'null') return withoutNull(EVERY_ALTERNATIVE);
  const others: readonly Alternative[] = [{ kind: 'null' }];
  if ('values' in only && only.values.length === 1) {
    return [...others, { kind: 'boolean', values: [!only.values[0]!] }];
  }
  if (isOrdered(only.kind) && 'within' in only && !isDuration(only.kind)) {
    const { within } = only;
    const isPoint = within?.length === 1 && within[0]!.from !== null && within[0]!.from === within[0]!.to;
    return [...others, { kind: only.kind, within: isPoint ? complement(within) : null }];
  }
  if (only.kind === 'string') return [...others, { kind: 'string', literals: null }];
  return alternativesOf('any');
}
