import type { VariableMap } from '../json.ts';
import type { RegisterModel } from './register-definition.ts';

/** Whether a row holds on a day (ISO). Without effective dates every row always does. */
export function holdsOn({ effective }: Pick<RegisterModel, 'effective'>, values: VariableMap, day: string): boolean {
  if (effective === undefined) return true;
  const { from, to } = periodOf({ effective }, values);
  return from <= day && day <= to;
}

/** Whether two rows would hold on the same day for the same thing. */
export function overlaps(register: Pick<RegisterModel, 'effective'>, one: VariableMap, other: VariableMap): boolean {
  const { effective } = register;
  if (effective === undefined) return false;
  const same = effective.within.every((name) => (one[name] ?? null) === (other[name] ?? null));
  const [a, b] = [periodOf({ effective }, one), periodOf({ effective }, other)];
  return same && a.from <= b.to && b.from <= a.to;
}

function periodOf(
  { effective }: Required<Pick<RegisterModel, 'effective'>>,
  values: VariableMap,
): { readonly from: string; readonly to: string } {
  const text = (name: string, empty: string): string => (typeof values[name] === 'string' ? values[name] : empty);
  return { from: text(effective.from, '0000-00-00'), to: text(effective.to, '9999-12-31') };
}
