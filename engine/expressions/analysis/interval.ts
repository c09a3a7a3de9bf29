import { compareValues } from '../values/equality.ts';
import type { FeelValue } from '../values/feel-value.ts';

/** Values of one ordered kind between two bounds; a bound of null is open to infinity. */
export interface Interval {
  readonly from: Bound | null;
  readonly to: Bound | null;
}

export interface Bound {
  readonly value: FeelValue;
  readonly included: boolean;
}

export function point(value: FeelValue): Interval {
  const bound = { value, included: true };
  return { from: bound, to: bound };
}

export const EVERYTHING: readonly Interval[] = [{ from: null, to: null }];

/** Negative when `a` lets values in that `b` does not: the order of lower bounds. */
function compareFrom(a: Bound | null, b: Bound | null): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null) || 0;
  return orderOf(a, b) || Number(b.included) - Number(a.included);
}

/** The order of upper bounds. */
function compareTo(a: Bound | null, b: Bound | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null) || 0;
  return orderOf(a, b) || Number(a.included) - Number(b.included);
}

/** The lower bound of several intervals together. */
export function lowest(within: readonly Interval[]): Bound | null {
  return within.map((one) => one.from).reduce((least, next) => (compareFrom(next, least) < 0 ? next : least));
}

/** The upper bound of several intervals together. */
export function highest(within: readonly Interval[]): Bound | null {
  return within.map((one) => one.to).reduce((most, next) => (compareTo(next, most) > 0 ? next : most));
}

export function isEmpty({ from, to }: Interval): boolean {
  if (from === null || to === null) return false;
  const sign = orderOf(from, to);
  return sign > 0 || (sign === 0 && !(from.included && to.included));
}

export function intersect(a: readonly Interval[], b: readonly Interval[]): readonly Interval[] {
  return a.flatMap((one) =>
    b
      .map((other) => ({
        from: compareFrom(one.from, other.from) >= 0 ? one.from : other.from,
        to: compareTo(one.to, other.to) <= 0 ? one.to : other.to,
      }))
      .filter((both) => !isEmpty(both)),
  );
}

/** Sorted, and those that touch made one. */
export function unite(intervals: readonly Interval[]): readonly Interval[] {
  const united: Interval[] = [];
  for (const next of [...intervals].filter((one) => !isEmpty(one)).sort((a, b) => compareFrom(a.from, b.from))) {
    const last = united.at(-1);
    if (last === undefined || !meetsNext(last.to, next.from)) united.push(next);
    else if (compareTo(next.to, last.to) > 0) united[united.length - 1] = { from: last.from, to: next.to };
  }
  return united;
}

/** What `intervals`, united, leave out. */
export function complement(intervals: readonly Interval[]): readonly Interval[] {
  const gaps: Interval[] = [];
  let from: Bound | null = null;
  let ended = false;
  for (const one of unite(intervals)) {
    if (one.from !== null) gaps.push({ from, to: flip(one.from) });
    ended = one.to === null;
    from = one.to === null ? null : flip(one.to);
  }
  if (!ended) gaps.push({ from, to: null });
  return gaps.filter((gap) => !isEmpty(gap));
}

function flip({ value, included }: Bound): Bound {
  return { value, included: !included };
}

/** Nothing lies between an upper bound and the lower bound that follows. */
function meetsNext(to: Bound | null, from: Bound | null): boolean {
  if (to === null || from === null) return true;
  const sign = orderOf(from, to);
  return sign < 0 || (sign === 0 && (to.included || from.included));
}

/** The order of the values of two bounds. */
export function orderOf(a: Bound, b: Bound): number {
  return compareValues(a.value, b.value) ?? 0;
}
