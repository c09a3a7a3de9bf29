import { define, overload } from './define.ts';
import type { FeelRun } from '../compiler/feel-run.ts';
import {
  entryOf,
  type FeelContext,
  type FeelFunction,
  type FeelValue,
  FORBIDDEN_NAMES,
  isContext,
  isList,
  keysOf,
  newContext,
} from '../values/feel-value.ts';

/** Context functions of DMN 1.5 §10.3.4.9. */
export const contextFunctions: readonly FeelFunction[] = [
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
  overload(
    define('get entries', 'context: context -> list<context>', entries),
    define('get entries', 'm: context -> list<context>', entries),
  ),
  define('context', 'entries: list -> context', ([list], run) => (isList(list) ? contextOf(list, run) : null)),
  overload(
    define('context put', 'context: context, key: string, value: Any -> context', ([context, key, value], run) =>
      isContext(context) && typeof key === 'string' ? put(context, [key], value ?? null, run) : null,
    ),
    define(
      'context put',
      'context: context, keys: list<string>, value: Any -> context',
      ([context, keys, value], run) =>
        isContext(context) && isList(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string')
          ? put(context, keys, value ?? null, run)
          : null,
    ),
  ),
  define('context merge', 'contexts: list -> context', ([list], run) => {
    if (!isList(list) || !list.every(isContext)) return null;
    const merged = newContext();
    for (const one of list) {
      for (const key of keysOf(one)) merged[key] = one[key]!;
      run.spend(8 * Object.keys(one).length);
    }
    return merged;
  }),
];

function entries([context]: readonly FeelValue[], run: FeelRun): FeelValue {
  if (!isContext(context)) return null;
  const keys = keysOf(context);
  run.spend(6 * keys.length);
  return keys.map((key) => Object.assign(newContext(), { key, value: context[key]! }));
}

function contextOf(list: readonly FeelValue[], run: FeelRun): FeelValue {
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
  run.spend(8 * known.length + 1);
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
