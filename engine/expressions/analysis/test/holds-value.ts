import { compareValues } from '../../values/equality.ts';
import { entryOf, FeelRange, isContext, isList, type FeelContext, type FeelValue } from '../../values/feel-value.ts';
import { kindName } from '../../values/kind-name.ts';
import type { Interval } from '../interval.ts';
import type { Alternative, StaticType } from '../static-type.ts';

/** Whether a value is of a type. */
export function holdsValue(type: StaticType, value: FeelValue): boolean {
  return type === 'any' || type.some((one) => one.kind === kindName(value) && holdsInside(one, value));
}

function holdsInside(one: Alternative, value: FeelValue): boolean {
  if ('values' in one) return one.values.includes(value as boolean);
  if ('literals' in one) return one.literals?.includes(value as string) ?? true;
  if ('within' in one) return one.within?.some((interval) => holdsBetween(interval, value)) ?? true;
  if (one.kind === 'list') return isList(value) && value.every((item) => holdsValue(one.of, item));
  if (one.kind === 'range') {
    const { start, end } = value as FeelRange;
    return [start, end].every((bound) => bound === undefined || holdsValue(one.of, bound));
  }
  if (one.kind === 'context') return isContext(value) && holdsEntries(one, value);
  return true;
}

function holdsEntries(one: Extract<Alternative, { kind: 'context' }>, value: FeelContext): boolean {
  const known = [...one.entries].every(([name, { type, optional }]) => {
    const entry = entryOf(value, name);
    return entry === undefined ? optional === true : holdsValue(type, entry);
  });
  return known && (one.open || Object.keys(value).every((name) => one.entries.has(name)));
}

function holdsBetween({ from, to }: Interval, value: FeelValue): boolean {
  const above = from === null ? 1 : compareValues(value, from.value)!;
  const below = to === null ? -1 : compareValues(value, to.value)!;
  return (above > 0 || (above === 0 && from!.included)) && (below < 0 || (below === 0 && to!.included));
}
