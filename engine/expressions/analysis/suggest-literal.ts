import { closestName } from '../compiler/closest-name.ts';
import type { StaticType } from './static-type.ts';

/** The allowed text nearest to one that is compared with it: "open" for "opne". */
export function suggestLiteral(a: StaticType, b: StaticType): string | null {
  const [left, right] = [literalsOf(a), literalsOf(b)];
  if (left === null || right === null) return null;
  const [written, allowed] = right.length === 1 ? [right[0]!, left] : [left[0]!, right];
  return allowed.includes(written) ? null : closestName(written, allowed);
}

function literalsOf(type: StaticType): readonly string[] | null {
  if (type === 'any') return null;
  const text = type.find((one) => one.kind === 'string');
  return text?.kind === 'string' && text.literals !== null && text.literals.length > 0 ? text.literals : null;
}
