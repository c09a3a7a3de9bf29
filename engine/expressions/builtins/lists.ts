import { toWhole } from '../values/decimal.ts';
import { compareValues, equalValues } from '../values/equality.ts';
import {
  FeelFunction,
  isContext,
  isList,
  newContext,
  keysOf,
  entryOf,
  FORBIDDEN_NAMES,
  type FeelContext,
  type FeelValue,
} from '../values/feel-value.ts';
import type { FeelRun } from '../compiler/feel-run.ts';
import { define, overload } from './define.ts';
import { deviation, mean, median, modes, product, total } from './numbers.ts';

type List = readonly FeelValue[];

/** A function of a list, which may also be given its elements one by one: `sum([1, 2])` and `sum(1, 2)`. */
function ofElements(name: string, call: (list: List, run: FeelRun) => FeelValue, first = 'list'): FeelFunction {
  const guarded = (list: List, run: FeelRun): FeelValue => {
    run.spend(list.length);
    return call(list, run);
  };
  return overload(
    define(name, `${first}: list`, ([list], run) => (isList(list) ? guarded(list, run) : null)),
    define(name, '...n: Any', (args, run) => (args.length === 0 ? null : guarded(args, run))),
  );
}

/** List functions of DMN 1.5 §10.3.4.4 and context functions of §10.3.4.9. */
export const listFunctions: readonly FeelFunction[] = [
  define('list contains', 'list: list, element: Any', ([list, element], run) =>
    isList(list) ? list.some((item) => equalValues(item, element ?? null, run) === true) : null,
  ),
  define('count', 'list: list', ([list]) => (isList(list) ? list.length : null)),
  ofElements('min', (list) => extreme(list, -1)),
  ofElements('max', (list) => extreme(list, 1)),
  ofElements('sum', (list) => (list.length === 0 ? null : total(list))),
  ofElements('mean', mean),
  ofElements('product', product),
  ofElements('median', median),
  ofElements('stddev', deviation),
  ofElements('mode', modes),
  ofElements('all', (list) => every(list, true)),
  ofElements('any', (list) => every(list, false)),
  define('sublist', 'list: list, start position: number, length?: number', ([list, start, length]) =>
    isList(list) ? sublist(list, start ?? null, length) : null,
  ),
  define('append', 'list: list, ...item: Any', ([list, ...items], run) => {
    if (!isList(list)) return null;
    run.spend(list.length + items.length);
    return [...list, ...items];
  }),
  define('concatenate', '...list: list', (lists, run) => concatenated(lists, run)),
  define('insert before', 'list: list, position: number, newItem: Any', ([list, position, item], run) => {
    const at = isList(list) ? indexIn(list, position ?? null) : null;
    if (at === null) return null;
    const kept = list as List;
    run.spend(kept.length);
    return [...kept.slice(0, at), item ?? null, ...kept.slice(at)];
  }),
  define('remove', 'list: list, position: number', ([list, position], run) => {
    const at = isList(list) ? indexIn(list, position ?? null) : null;
    if (at === null) return null;
    run.spend((list as List).length);
    return (list as List).filter((_, index) => index !== at);
  }),
  overload(
    define('list replace', 'list: list, position: number, newItem: Any', ([list, position, item], run) => {
      const at = isList(list) ? indexIn(list, position ?? null) : null;
      if (at === null) return null;
      run.spend((list as List).length);
      return (list as List).map((old, index) => (index === at ? (item ?? null) : old));
    }),
    define('list replace', 'list: list, match: function, newItem: Any', ([list, match, item], run) =>
      isList(list) && match instanceof FeelFunction ? replaced(list, match, item ?? null, run) : null,
    ),
  ),
  define('reverse', 'list: list', ([list], run) => {
    if (!isList(list)) return null;
    run.spend(list.length);
    return [...list].reverse();
  }),
  define('index of', 'list: list, match: Any', ([list, match], run) =>
    isList(list)
      ? list.flatMap((item, index) => (equalValues(item, match ?? null, run) === true ? [index + 1] : []))
      : null,
  ),
  define('union', '...list: list', (lists, run) => {
    const all = concatenated(lists, run);
    return isList(all) ? distinct(all, run) : null;
  }),
  define('distinct values', 'list: list', ([list], run) => (isList(list) ? distinct(list, run) : null)),
  define('flatten', 'list: list', ([list], run) => (isList(list) ? flattened(list, run) : null)),
  define('sort', 'list: list, precedes?: function', ([list, precedes], run) =>
    isList(list) ? sorted(list, precedes, run) : null,
  ),
  overload(
    define('get value', 'context: context, key: string', ([context, key]) =>
      isContext(context) && typeof key === 'string' ? (entryOf(context, key) ?? null) : null,
    ),
    define('get value', 'm: context, key: string', ([context, key]) =>
      isContext(context) && typeof key === 'string' ? (entryOf(context, key) ?? null) : null,
    ),
    define('get value', 'context: context, keys: list', ([context, keys]) =>
      isContext(context) && isList(keys)
        ? keys.reduce<FeelValue>(
            (at, key) => (isContext(at) && typeof key === 'string' ? (entryOf(at, key) ?? null) : null),
            context,
          )
        : null,
    ),
  ),
  overload(define('get entries', 'context: context', entries), define('get entries', 'm: context', entries)),
  define('context', 'entries: list', ([list], run) => (isList(list) ? contextOf(list, run) : null)),
  overload(
    define('context put', 'context: context, key: string, value: Any', ([context, key, value], run) =>
      isContext(context) && typeof key === 'string' ? put(context, [key], value ?? null, run) : null,
    ),
    define('context put', 'context: context, keys: list<string>, value: Any', ([context, keys, value], run) =>
      isContext(context) && isList(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string')
        ? put(context, keys, value ?? null, run)
        : null,
    ),
  ),
  define('context merge', 'contexts: list', ([list], run) => {
    if (!isList(list) || !list.every(isContext)) return null;
    const merged = newContext();
    for (const one of list) {
      for (const key of keysOf(one)) merged[key] = one[key]!;
      run.spend(Object.keys(one).length);
    }
    return merged;
  }),
];

function extreme(list: List, sign: 1 | -1): FeelValue {
  let best: FeelValue | undefined;
  for (const item of list) {
    if (best === undefined) {
      if (compareValues(item, item) === null) return null;
      best = item;
      continue;
    }
    const order = compareValues(item, best);
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

function sublist(list: List, start: FeelValue, length: FeelValue | undefined): FeelValue {
  const at = indexIn(list, start);
  if (at === null) return null;
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
    const order = compareValues(a, b);
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

function entries([context]: readonly FeelValue[], run: FeelRun): FeelValue {
  if (!isContext(context)) return null;
  const keys = keysOf(context);
  run.spend(3 * keys.length);
  return keys.map((key) => Object.assign(newContext(), { key, value: context[key]! }));
}

function contextOf(list: List, run: FeelRun): FeelValue {
  run.spend(list.length);
  const context = newContext();
  for (const entry of list) {
    const key = isContext(entry) ? entryOf(entry, 'key') : null;
    if (typeof key !== 'string' || Object.hasOwn(context, key)) return null;
    const value = entryOf(entry as FeelContext, 'value');
    if (value === undefined) return null;
    if (!FORBIDDEN_NAMES.has(key)) context[key] = value;
  }
  return context;
}

function put(context: FeelContext, keys: readonly string[], value: FeelValue, run: FeelRun): FeelValue {
  const [key, ...rest] = keys as readonly [string, ...string[]];
  const copy = newContext();
  const known = keysOf(context);
  run.spend(known.length + 1);
  for (const one of known) copy[one] = context[one]!;
  if (FORBIDDEN_NAMES.has(key)) return copy;
  if (rest.length === 0) {
    copy[key] = value;
    return copy;
  }
  const below = entryOf(context, key);
  if (!isContext(below)) return null;
  const inner = put(below, rest, value, run);
  if (inner === null) return null;
  copy[key] = inner;
  return copy;
}
