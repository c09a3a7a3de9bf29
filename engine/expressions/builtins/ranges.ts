import type { FeelRun } from '../compiler/feel-run.ts';
import { compareValues, includes } from '../values/equality.ts';
import { FeelRange, type FeelFunction, type FeelValue } from '../values/feel-value.ts';
import { parseTemporal } from '../values/temporal-text.ts';
import { parseNumber } from '../values/decimal.ts';
import { define, overload } from './define.ts';

/** `range(from)` and the interval functions of DMN 1.5 §10.3.4.10 (Allen's relations over points and ranges). */

type Bounds = {
  readonly start: FeelValue;
  readonly end: FeelValue;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
};
type Relation = (a: Bounds, b: Bounds) => boolean | null;

function boundsOf(value: FeelValue): Bounds | null {
  if (value instanceof FeelRange) {
    const { start, end, startIncluded, endIncluded } = value;
    if (start === undefined || end === undefined || start === null || end === null) return null;
    return { start, end, startIncluded, endIncluded };
  }
  return value === null ? null : { start: value, end: value, startIncluded: true, endIncluded: true };
}

/** Thrown inside a relation when two bounds have no order; the answer is then null. */
const UNORDERED = Symbol('unordered');

function order(a: FeelValue, b: FeelValue): number {
  const result = compareValues(a, b);
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- never leaves this file
  if (result === null) throw UNORDERED;
  return result;
}

function relation(
  name: string,
  kinds: readonly ('point range' | 'range point' | 'range range' | 'point point')[],
  holds: Relation,
): FeelFunction {
  const decide = ([a, b]: readonly FeelValue[], run: FeelRun): FeelValue => {
    run.spend(20);
    const [x, y] = [boundsOf(a ?? null), boundsOf(b ?? null)];
    if (x === null || y === null) return null;
    const kind = `${a instanceof FeelRange ? 'range' : 'point'} ${b instanceof FeelRange ? 'range' : 'point'}`;
    if (!kinds.includes(kind as 'point range')) return null;
    try {
      return holds(x, y);
    } catch (error) {
      if (error === UNORDERED) return null;
      throw error;
    }
  };
  const names: Readonly<Record<string, string>> = {
    'point point': 'point1: Any, point2: Any -> boolean',
    'point range': 'point: Any, range: Any -> boolean',
    'range point': 'range: Any, point: Any -> boolean',
    'range range': 'range1: Any, range2: Any -> boolean',
  };
  return overload(...kinds.map((kind) => define(name, names[kind]!, decide)));
}

const before: Relation = (a, b) => {
  const gap = order(a.end, b.start);
  return gap < 0 || (gap === 0 && !(a.endIncluded && b.startIncluded));
};
const meets: Relation = (a, b) => a.endIncluded && b.startIncluded && order(a.end, b.start) === 0;
const startsNotLater = (a: Bounds, b: Bounds): boolean => {
  const gap = order(a.start, b.start);
  return gap < 0 || (gap === 0 && (a.startIncluded || !b.startIncluded));
};
const endsNotEarlier = (a: Bounds, b: Bounds): boolean => {
  const gap = order(a.end, b.end);
  return gap > 0 || (gap === 0 && (a.endIncluded || !b.endIncluded));
};
const sameStart = (a: Bounds, b: Bounds): boolean =>
  order(a.start, b.start) === 0 && a.startIncluded === b.startIncluded;
const sameEnd = (a: Bounds, b: Bounds): boolean => order(a.end, b.end) === 0 && a.endIncluded === b.endIncluded;
const encloses: Relation = (a, b) => startsNotLater(a, b) && endsNotEarlier(a, b);
const overlaps: Relation = (a, b) => before(a, b) === false && before(b, a) === false;
const overlapsBefore: Relation = (a, b) =>
  overlaps(a, b) === true && startsNotLater(a, b) && !sameStart(a, b) && endsNotEarlier(b, a);
const startedBy: Relation = (a, b) => sameStart(a, b) && endsNotEarlier(a, b);
const finishedBy: Relation = (a, b) => sameEnd(a, b) && startsNotLater(a, b);
const flip =
  (holds: Relation): Relation =>
  (a, b) =>
    holds(b, a);

export const rangeFunctions: readonly FeelFunction[] = [
  relation('before', ['point point', 'point range', 'range point', 'range range'], before),
  relation('after', ['point point', 'point range', 'range point', 'range range'], flip(before)),
  relation('meets', ['range range'], meets),
  relation('met by', ['range range'], flip(meets)),
  relation('overlaps', ['range range'], overlaps),
  relation('overlaps before', ['range range'], overlapsBefore),
  relation('overlaps after', ['range range'], flip(overlapsBefore)),
  relation('finishes', ['point range', 'range range'], flip(finishedBy)),
  relation('finished by', ['range point', 'range range'], finishedBy),
  relation('includes', ['range point', 'range range'], encloses),
  relation('during', ['point range', 'range range'], flip(encloses)),
  relation('starts', ['point range', 'range range'], flip(startedBy)),
  relation('started by', ['range point', 'range range'], startedBy),
  relation('coincides', ['point point', 'range range'], (a, b) => sameStart(a, b) && sameEnd(a, b)),
  define('range', 'from: string -> range', ([from]) => (typeof from === 'string' ? parseRange(from) : null)),
];

/** Dots inside of quotes are no bounds' dots. */
const RANGE = /^\s*([[(\]])\s*((?:"(?:[^"\\]|\\.)*"|[^".]|\.(?!\.))*?)\s*\.\.\s*(.*?)\s*([\])[])\s*$/s;

/** `range("[1..5)")`: bounds are literals. */
function parseRange(text: string): FeelValue {
  const match = RANGE.exec(text);
  if (match === null) return null;
  const start = parseBound(match[2]!);
  const end = parseBound(match[3]!);
  if (start === null || end === null || (start === undefined && end === undefined)) return null;
  const range = new FeelRange({
    start: start ?? null,
    end: end ?? null,
    startIncluded: match[1] === '[',
    endIncluded: match[4] === ']',
  });
  if (start === undefined || end === undefined) {
    if (start === undefined && match[1] === '[') return null;
    return end === undefined && match[4] === ']' ? null : range;
  }
  const direction = compareValues(start, end);
  return direction === null || direction > 0 || includes(range, start) === null ? null : range;
}

/** Undefined for an absent bound, null for one that is no literal. */
function parseBound(text: string): FeelValue | undefined {
  if (text === '') return undefined;
  if (/^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text)) return parseNumber(text);
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(text);
  if (quoted !== null) return quoted[1]!;
  const temporal = /^(?:@|date\(|time\(|date and time\(|duration\()\s*"([^"]*)"\s*\)?$/.exec(text);
  return temporal === null ? null : parseTemporal(temporal[1]!);
}
