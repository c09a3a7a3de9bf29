import { costOf } from '../values/cost-of.ts';
import { toWhole } from '../values/decimal.ts';
import { compareValues, equalValues } from '../values/equality.ts';
import { FeelFunction, isList, type FeelValue } from '../values/feel-value.ts';
import type { FeelRun } from '../compiler/feel-run.ts';
import { define, overload } from './define.ts';
import { deviation, mean, median, modes, product, total } from './numbers.ts';

type List = readonly FeelValue[];

/** A function of a list, which may also be given its elements one by one: `sum([1, 2])` and `sum(1, 2)`. */
function ofElements(name: string, result: string, call: (list: List, run: FeelRun) => FeelValue): FeelFunction {
  const guarded = (list: List, run: FeelRun): FeelValue => {
    // Numbers of many digits are added and compared in 100 ns and more.
    run.spend(4 * list.length);
    return call(list, run);
  };
  return overload(
    define(name, `list: list -> ${result}`, ([list], run) => (isList(list) ? guarded(list, run) : null)),
    define(name, `...n: Any -> ${result}`, (args, run) => (args.length === 0 ? null : guarded(args, run))),
  );
}

/** List functions of DMN 1.5 §10.3.4.4. */
export const listFunctions: readonly FeelFunction[] = [
  define('list contains', 'list: list, element: Any -> boolean', ([list, element], run) =>
    isList(list) ? positionsOf(list, element ?? null, run, 1).length > 0 : null,
  ),
  define('count', 'list: list -> number', ([list]) => (isList(list) ? list.length : null)),
  ofElements('min', 'Any', (list, run) => extreme(list, -1, run)),
  ofElements('max', 'Any', (list, run) => extreme(list, 1, run)),
  ofElements('sum', 'number', (list) => (list.length === 0 ? null : total(list))),
  ofElements('mean', 'number', mean),
  ofElements('product', 'number', product),
  ofElements('median', 'number', median),
  ofElements('stddev', 'number', deviation),
  ofElements('mode', 'list<number>', modes),
  ofElements('all', 'boolean', (list) => every(list, true)),
  ofElements('any', 'boolean', (list) => every(list, false)),
  define('sublist', 'list: list, start position: number, length?: number -> list', ([list, start, length], run) =>
    isList(list) ? sublist(list, start ?? null, length, run) : null,
  ),
  define('append', 'list: list, ...item: Any -> list', ([list, ...items], run) => {
    if (!isList(list)) return null;
    run.spend(list.length + items.length);
    return [...list, ...items];
  }),
  define('concatenate', '...list: list -> list', (lists, run) => concatenated(lists, run)),
  define('insert before', 'list: list, position: number, newItem: Any -> list', ([list, position, item], run) => {
    const at = isList(list) ? indexIn(list, position ?? null) : null;
    if (at === null) return null;
    const kept = list as List;
    run.spend(kept.length);
    return [...kept.slice(0, at), item ?? null, ...kept.slice(at)];
  }),
  define('remove', 'list: list, position: number -> list', ([list, position], run) => {
    const at = isList(list) ? indexIn(list, position ?? null) : null;
    if (at === null) return null;
    run.spend((list as List).length);
    return (list as List).filter((_, index) => index !== at);
  }),
  overload(
    define('list replace', 'list: list, position: number, newItem: Any -> list', ([list, position, item], run) => {
      const at = isList(list) ? indexIn(list, position ?? null) : null;
      if (at === null) return null;
      run.spend((list as List).length);
      return (list as List).map((old, index) => (index === at ? (item ?? null) : old));
    }),
    define('list replace', 'list: list, match: function, newItem: Any -> list', ([list, match, item], run) =>
      isList(list) && match instanceof FeelFunction ? replaced(list, match, item ?? null, run) : null,
    ),
  ),
  define('reverse', 'list: list -> list', ([list], run) => {
    if (!isList(list)) return null;
    run.spend(list.length);
    return [...list].reverse();
  }),
  define('index of', 'list: list, match: Any -> list<number>', ([list, match], run) =>
    isList(list) ? positionsOf(list, match ?? null, run, Infinity) : null,
  ),
  define('union', '...list: list -> list', (lists, run) => {
    const all = concatenated(lists, run);
    return isList(all) ? distinct(all, run) : null;
  }),
  define('distinct values', 'list: list -> list', ([list], run) => (isList(list) ? distinct(list, run) : null)),
  define('flatten', 'list: list -> list', ([list], run) => (isList(list) ? flattened(list, run) : null)),
  define('sort', 'list: list, precedes?: function -> list', ([list, precedes], run) =>
    isList(list) ? sorted(list, precedes, run) : null,
  ),
];

/** At most `limit` positions of elements equal to `wanted`. */
function positionsOf(list: List, wanted: FeelValue, run: FeelRun, limit: number): readonly number[] {
  const found: number[] = [];
  for (const [index, item] of list.entries()) {
    run.spend(1);
    if (equalValues(item, wanted, run) === true && found.push(index + 1) >= limit) break;
  }
  return found;
}

/** Long texts and zoned times take long to order. */
function orderOf(a: FeelValue, b: FeelValue, run: FeelRun): number | null {
  run.spend(costOf(a));
  return compareValues(a, b);
}

function extreme(list: List, sign: 1 | -1, run: FeelRun): FeelValue {
  let best: FeelValue | undefined;
  for (const item of list) {
    if (best === undefined) {
      if (compareValues(item, item) === null) return null;
      best = item;
      continue;
    }
    const order = orderOf(item, best, run);
    if (order === null) return null;
    if (order * sign > 0) best = item;
  }
  return best ?? null;
}

/** `all` (`wanted` true) and `any` (false) in three-valued logic. */
function every(list: List, wanted: boolean): FeelValue {
  if (list.some((item) => item === !wanted)) return !wanted;
  return list.every((item) => item === wanted) ? wanted : null;
}

/** Zero-based index of a position that counts from 1, or from the end when negative; null outside of the list. */
function indexIn(list: List, position: FeelValue): number | null {
  const at = toWhole(position);
  if (at === null || at === 0 || Math.abs(at) > list.length) return null;
  return at > 0 ? at - 1 : list.length + at;
}

function sublist(list: List, start: FeelValue, length: FeelValue | undefined, run: FeelRun): FeelValue {
  const at = indexIn(list, start);
  if (at === null) return null;
  run.spend(list.length / 4);
  if (length === undefined) return list.slice(at);
  const count = toWhole(length);
  return count === null || count < 1 || at + count > list.length ? null : list.slice(at, at + count);
}

function concatenated(lists: List, run: FeelRun): FeelValue {
  const all: FeelValue[] = [];
  if (lists.length === 0) return null;
  for (const list of lists) {
    if (!isList(list)) return null;
    run.spend(list.length);
    for (const item of list) all.push(item);
  }
  return all;
}

function distinct(list: List, run: FeelRun): List {
  const kept: FeelValue[] = [];
  for (const item of list) {
    run.spend(kept.length + 1);
    if (!kept.some((known) => equalValues(known, item, run) === true)) kept.push(item);
  }
  return kept;
}

function flattened(list: List, run: FeelRun): FeelValue[] {
  run.spend(list.length);
  return list.flatMap((item) => (isList(item) ? flattened(item, run) : [item]));
}

function replaced(list: List, match: FeelFunction, newItem: FeelValue, run: FeelRun): FeelValue {
  if (match.parameters.length !== 2) return null;
  const result: FeelValue[] = [];
  for (const item of list) {
    run.spend(1);
    const outcome = match.call([item, newItem], run);
    if (typeof outcome !== 'boolean') return null;
    result.push(outcome ? newItem : item);
  }
  return result;
}

/** Merge sort, so that a predicate that contradicts itself still ends. */
function sorted(list: List, precedes: FeelValue | undefined, run: FeelRun): FeelValue {
  if (precedes === null) return null;
  let comparable = true;
  const before = (a: FeelValue, b: FeelValue): boolean => {
    run.spend(1);
    if (precedes instanceof FeelFunction) {
      const outcome = (precedes.overloads?.[0] ?? precedes).call([a, b], run);
      if (typeof outcome !== 'boolean') comparable = false;
      return outcome === true;
    }
    const order = orderOf(a, b, run);
    if (order === null) comparable = false;
    return order !== null && order < 0;
  };
  if (precedes instanceof FeelFunction && precedes.parameters.length !== 2) return null;
  const sort = (part: List): List => {
    if (part.length < 2) return part;
    const middle = Math.floor(part.length / 2);
    const left = sort(part.slice(0, middle));
    const right = sort(part.slice(middle));
    const merged: FeelValue[] = [];
    let a = 0;
    let b = 0;
    while (a < left.length && b < right.length) {
      merged.push(before(right[b]!, left[a]!) ? right[b++]! : left[a++]!);
    }
    return [...merged, ...left.slice(a), ...right.slice(b)];
  };
  const result = sort(list);
  return comparable ? result : null;
}
