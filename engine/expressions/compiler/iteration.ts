import { isInteger, isNumber, textOfNumber, toSafeInteger } from '../values/decimal.ts';
import { FeelRange, isList, type FeelValue } from '../values/feel-value.ts';
import { kindName } from '../values/kind-name.ts';
import { FeelDate } from '../values/temporal.ts';
import type { FeelRun, Place } from './feel-run.ts';

/** Bounds of `for x in from..to`, which may descend; of a range value, which may not. */
export interface Steps {
  readonly first: number;
  readonly count: number;
  readonly direction: 1 | -1;
  readonly asDate: boolean;
}

/** What an iteration goes through (DMN 1.5 Table 64 e): a list, whole numbers or dates of a range, or a single value. */
export function iterationOf(value: FeelValue, run: FeelRun, place: Place): readonly FeelValue[] | Steps | null {
  if (isList(value)) return value;
  if (value instanceof FeelRange) {
    if (value.start === undefined || value.end === undefined) {
      return run.fail('Expected a range with two ends to iterate over.', place);
    }
    const steps = stepsOf(value.start, value.end, value, run, place);
    return steps?.direction === -1 ? run.warn('The range ends before it starts', place) : steps;
  }
  return value === null ? run.warn("Can't iterate over null", place) : [value];
}

export function stepsOf(
  start: FeelValue,
  end: FeelValue,
  { startIncluded, endIncluded }: { readonly startIncluded: boolean; readonly endIncluded: boolean },
  run: FeelRun,
  place: Place,
): Steps | null {
  const asDate = start instanceof FeelDate && end instanceof FeelDate;
  const low = asDate ? start.days : toSafeInteger(start);
  const high = asDate ? end.days : toSafeInteger(end);
  if (low === null || high === null) return refuseSteps(start, end, run, place);
  const direction = low <= high ? 1 : -1;
  const first = startIncluded ? low : low + direction;
  const last = endIncluded ? high : high - direction;
  const count = Math.max(0, (last - first) * direction + 1);
  return { first, count, direction, asDate };
}

function refuseSteps(start: FeelValue, end: FeelValue, run: FeelRun, place: Place): null {
  if (start === null || end === null) return run.warn("Can't iterate over a range with null", place);
  const shown = (value: FeelValue): string => (isNumber(value) ? textOfNumber(value) : kindName(value));
  const remedy = isNumber(start) && isNumber(end) && !(isInteger(start) && isInteger(end));
  return run.fail(
    `Expected whole numbers or dates in the range ${shown(start)}..${shown(end)}.${remedy ? ' Round its ends, for example with floor().' : ''}`,
    place,
  );
}

export function stepAt({ first, direction, asDate }: Steps, index: number): FeelValue {
  const at = first + index * direction;
  return asDate ? new FeelDate(at) : at;
}
