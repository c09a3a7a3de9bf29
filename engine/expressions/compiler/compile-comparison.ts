import { costOf } from '../values/cost-of.ts';
import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import { refuseOrder } from './refuse-order.ts';
import type { ComparisonOp, Node } from '../syntax/syntax-tree.ts';
import { compareValues, equalValues } from '../values/equality.ts';
import { kindName } from '../values/kind-name.ts';

const ORDER: Readonly<Record<Exclude<ComparisonOp, '=' | '!='>, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

export function compileComparison(
  on: Compilation,
  { op, left, right, at }: Extract<Node, { kind: 'comparison' }>,
): Code {
  const a = on.compile(left);
  const b = on.compile(right);
  const place = { from: at, to: at + op.length };
  if (op === '=' || op === '!=') {
    const negated = op === '!=';
    return (slots, run) => {
      const x = a(slots, run);
      const y = b(slots, run);
      if (typeof x === 'string' && typeof y === 'string' && x.length < 256) return (x === y) !== negated;
      const result = equalValues(x, y, run);
      if (result === null) return run.warn(`Can't compare '${kindName(x)}' with '${kindName(y)}'`, place);
      return result !== negated;
    };
  }
  const holds = ORDER[op];
  return (slots, run) => {
    const x = a(slots, run);
    const y = b(slots, run);
    if (typeof x === 'number' && typeof y === 'number') return holds(x - y);
    run.spend(costOf(x));
    const order = compareValues(x, y);
    if (order !== null) return holds(order);
    return x === null || y === null ? null : refuseOrder(x, y, run, place);
  };
}

export function compileBetween(
  on: Compilation,
  { value, low, high, from, to }: Extract<Node, { kind: 'between' }>,
): Code {
  const of = on.compile(value);
  const start = on.compile(low);
  const end = on.compile(high);
  const place = { from, to };
  return (slots, run) => {
    const x = of(slots, run);
    run.spend(2 * costOf(x));
    const bounds = [start(slots, run), end(slots, run)] as const;
    const first = compareValues(x, bounds[0]);
    const last = compareValues(x, bounds[1]);
    if (first === null || last === null) {
      const bound = first === null ? bounds[0] : bounds[1];
      return x === null || bound === null ? null : refuseOrder(x, bound, run, place);
    }
    return first >= 0 && last <= 0;
  };
}

export function compileJunction(on: Compilation, { kind, left, right }: Extract<Node, { kind: 'and' | 'or' }>): Code {
  const a = on.compile(left);
  const b = on.compile(right);
  // The operand that settles it: true for or, false for and (three-valued logic, Table 48).
  const decisive = kind === 'or';
  return (slots, run) => {
    const x = a(slots, run);
    if (x === decisive) return decisive;
    const y = b(slots, run);
    if (y === decisive) return decisive;
    return typeof x === 'boolean' && typeof y === 'boolean' ? !decisive : null;
  };
}
