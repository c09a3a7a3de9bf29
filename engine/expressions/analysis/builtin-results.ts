import { elementOf } from './element-of.ts';
import type { Arranged, Fit } from './fit-arguments.ts';
import { fromFeelType } from './from-feel-type.ts';
import { join, widen } from './join.ts';
import {
  alternativesOf,
  listType,
  mayBe,
  NULL_TYPE,
  NUMBER_TYPE,
  orderedType,
  withoutNull,
  type StaticType,
} from './static-type.ts';

type ResultOf = (args: Arranged) => StaticType;

/** Elements of the first argument, which may also be a single value. */
const elements = ([list = 'any']: Arranged): StaticType => elementOf(list);
const sameList: ResultOf = (args) => listType(elements(args));
const withItem: ResultOf = (args) => listType(join(elements(args), ...args.slice(1).map((item) => item ?? 'any')));
const allElements: ResultOf = (args) => listType(join(...args.map((one) => elementOf(one ?? 'any'))));
/** Given a list, or its elements one by one. */
const anElement: ResultOf = (args) => widen(join(...args.map((one) => elementOf(one ?? 'any'))));
const ofNumbers: ResultOf = (args) => {
  const items = anElement(args);
  return alternativesOf(items).every(({ kind }) => kind === 'number' || kind === 'null') ? NUMBER_TYPE : 'any';
};

/** Results that say more than the signature does; the others are as the function declares them. */
const DEPENDENT: Readonly<Record<string, ResultOf>> = {
  min: anElement,
  max: anElement,
  sum: ofNumbers,
  mean: ofNumbers,
  product: ofNumbers,
  median: ofNumbers,
  stddev: ofNumbers,
  abs: ([n = 'any']) => widen(n),
  sublist: sameList,
  reverse: sameList,
  sort: sameList,
  remove: sameList,
  'distinct values': sameList,
  append: withItem,
  'insert before': ([list, , item]) => withItem([list, item]),
  'list replace': ([list, , item]) => withItem([list, item]),
  concatenate: allElements,
  union: allElements,
  flatten: () => listType('any'),
  duration: () => join(orderedType('days and time duration'), orderedType('years and months duration')),
  'get or else': ([value = 'any', fallback = 'any']) =>
    mayBe(value, 'null') ? join(withoutNull(value), fallback) : value,
  assert: ([value = 'any']) => value,
};

/** What a built-in function may give; null for arguments that it cannot use. */
export function builtinResult(name: string, { arranged, results }: Extract<Fit, { ok: true }>): StaticType {
  const dependent = Object.hasOwn(DEPENDENT, name) ? DEPENDENT[name] : undefined;
  if (name === 'get or else') return dependent!(arranged);
  if (dependent !== undefined) return join(dependent(arranged), NULL_TYPE);
  return join(...results.map((result) => fromFeelType(result)));
}
