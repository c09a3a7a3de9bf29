import { elementOf } from './element-of.ts';
import type { Arranged, Fit } from './fit-arguments.ts';
import { fromFeelType } from './from-feel-type.ts';
import { join, widen } from './join.ts';
import {
  alternativesOf,
  BOOLEAN_TYPE,
  listType,
  mayBe,
  NULL_TYPE,
  NUMBER_TYPE,
  orderedType,
  STRING_TYPE,
  withoutNull,
  type StaticType,
} from './static-type.ts';

const MOMENT: StaticType = [{ kind: 'date and time' }];
const MONTHS = orderedType('years and months duration');

/** Results of functions that declare none, by name. */
const RESULTS: readonly (readonly [StaticType, readonly string[]])[] = [
  [
    NUMBER_TYPE,
    [
      'count', 'decimal', 'floor', 'ceiling', 'round up', 'round down', 'round half up', 'round half down', 'modulo',
      'sqrt', 'log', 'exp', 'number', 'string length', 'day of year', 'week of year', 'working duration between',
    ],
  ],
  [
    STRING_TYPE,
    [
      'string', 'substring', 'upper case', 'lower case', 'substring before', 'substring after', 'replace',
      'string join', 'day of week', 'month of year', 'to json', 'trim', 'cycle',
    ],
  ],
  [
    BOOLEAN_TYPE,
    [
      'list contains', 'all', 'any', 'contains', 'starts with', 'ends with', 'matches', 'odd', 'even', 'not', 'is',
      'before', 'after', 'meets', 'met by', 'overlaps', 'overlaps before', 'overlaps after', 'finishes', 'finished by',
      'includes', 'during', 'starts', 'started by', 'coincides', 'is empty', 'is blank',
    ],
  ],
  [orderedType('date'), ['date', 'today', 'nth working day']],
  [[{ kind: 'time' }], ['time']],
  [MOMENT, ['date and time', 'now', 'working time after']],
  [join(orderedType('days and time duration'), MONTHS), ['duration']],
  [MONTHS, ['years and months duration']],
  [listType(STRING_TYPE), ['split']],
  [listType(NUMBER_TYPE), ['index of']],
]; // prettier-ignore

const FIXED: ReadonlyMap<string, StaticType> = new Map(
  RESULTS.flatMap(([type, names]) => names.map((name) => [name, join(type, NULL_TYPE)] as const)),
);

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
  'get or else': ([value = 'any', fallback = 'any']) =>
    mayBe(value, 'null') ? join(withoutNull(value), fallback) : value,
  assert: ([value = 'any']) => value,
};

/** What a built-in function may give; null for arguments that it cannot use. */
export function builtinResult(name: string, { arranged, results }: Extract<Fit, { ok: true }>): StaticType {
  const dependent = Object.hasOwn(DEPENDENT, name) ? DEPENDENT[name] : undefined;
  if (name === 'get or else') return dependent!(arranged);
  if (dependent !== undefined) return join(dependent(arranged), NULL_TYPE);
  const declared = join(...results.map((result) => fromFeelType(result)));
  return declared === 'any' ? (FIXED.get(name) ?? 'any') : declared;
}
