import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import { refuseOrder } from './refuse-order.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { compareValues } from '../values/equality.ts';
import { FeelRange } from '../values/feel-value.ts';

export function compileRange(
  on: Compilation,
  { start, end, startIncluded, endIncluded, from, to }: Extract<Node, { kind: 'range' }>,
): Code {
  const low = start === null ? null : on.compile(start);
  const high = end === null ? null : on.compile(end);
  const place = { from, to };
  return (slots, run) => {
    const bounds = { start: low?.(slots, run), end: high?.(slots, run) };
    if (low !== null && high !== null) {
      const { start: a, end: b } = bounds;
      if (a === null && b === null) return null;
      if (a !== null && b !== null && compareValues(a!, b!) === null) return refuseOrder(a!, b!, run, place);
    }
    return new FeelRange({ ...bounds, startIncluded, endIncluded });
  };
}

/** `= x` as a value of its own is the range of one point (DMN 1.5 rule 66). */
export function compilePoint(on: Compilation, { operand, negated }: Extract<Node, { kind: 'equals' }>): Code {
  const code = on.compile(operand);
  if (negated) return () => null;
  return (slots, run) => {
    const point = code(slots, run);
    return new FeelRange({ start: point, end: point, startIncluded: true, endIncluded: true });
  };
}
