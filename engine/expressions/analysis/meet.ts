import { intersect } from './interval.ts';
import type { Alternative, StaticType } from './static-type.ts';

/** Holds every value of both types, and as few others as it can say; no alternatives: there is none. */
export function meet(a: StaticType, b: StaticType): StaticType {
  if (a === 'any') return b;
  if (b === 'any' || a === b) return a;
  return a.flatMap((one) => {
    const other = b.find(({ kind }) => kind === one.kind);
    return other === undefined ? [] : meetSame(one, other);
  });
}

function meetSame(a: Alternative, b: Alternative): readonly Alternative[] {
  if ('values' in a && 'values' in b) {
    const values = a.values.filter((value) => b.values.includes(value));
    return values.length === 0 ? [] : [{ kind: 'boolean', values }];
  }
  if ('literals' in a && 'literals' in b) {
    const { literals } = b;
    if (literals === null) return [a];
    if (a.literals === null) return [b];
    const both = a.literals.filter((literal) => literals.includes(literal));
    return both.length === 0 ? [] : [{ kind: 'string', literals: both }];
  }
  if ('within' in a && 'within' in b) {
    if (b.within === null) return [a];
    if (a.within === null) return [b];
    const within = intersect(a.within, b.within);
    return within.length === 0 ? [] : [{ kind: a.kind, within }];
  }
  // Of what has parts only one side is kept: an empty list is a list of both.
  return [a];
}
