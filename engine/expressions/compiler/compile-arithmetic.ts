import { costOf } from '../values/cost-of.ts';
import { calculate, negative } from './arithmetic.ts';
import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import type { FeelRun } from './feel-run.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { add, multiply, subtract, type FeelNumber } from '../values/decimal.ts';
import type { FeelValue } from '../values/feel-value.ts';
import { kindName } from '../values/kind-name.ts';

/** Fractional and great powers are a logarithm and an exponential of 60 digits. */
const POWER_COST = 2_000;

export function compileArithmetic(
  on: Compilation,
  { op, left, right, at }: Extract<Node, { kind: 'arithmetic' }>,
): Code {
  const a = on.compile(left);
  const b = on.compile(right);
  const place = { from: at, to: at + op.length };
  const general = (x: FeelValue, y: FeelValue, run: FeelRun): FeelValue => {
    if (op === '**') run.spend(typeof y === 'number' && y <= 64 && y >= -64 && y === Math.trunc(y) ? 20 : POWER_COST);
    run.spend(costOf(x) + costOf(y));
    const result = calculate(op, x, y);
    if (typeof result === 'object' && result !== null) run.spend(costOf(result));
    if (result === undefined) return run.warn(operandMessage(op, x, y), place);
    if (typeof result === 'string') run.spend(result.length / 16);
    if (result === null) return run.warn(`No result of '${op}': division by zero or out of range`, place);
    return result;
  };
  switch (op) {
    case '+':
      return (slots, run) => {
        const x = a(slots, run);
        const y = b(slots, run);
        return typeof x === 'number' && typeof y === 'number' ? charged(add(x, y), run) : general(x, y, run);
      };
    case '-':
      return (slots, run) => {
        const x = a(slots, run);
        const y = b(slots, run);
        return typeof x === 'number' && typeof y === 'number' ? charged(subtract(x, y), run) : general(x, y, run);
      };
    case '*':
      return (slots, run) => {
        const x = a(slots, run);
        const y = b(slots, run);
        return typeof x === 'number' && typeof y === 'number' ? charged(multiply(x, y), run) : general(x, y, run);
      };
    default:
      return (slots, run) => general(a(slots, run), b(slots, run), run);
  }
}

/** Two short numbers may give a long one, or none. */
function charged(result: FeelNumber | null, run: FeelRun): FeelNumber | null {
  if (typeof result === 'object') run.spend(result === null ? 1 : costOf(result));
  return result;
}

function operandMessage(op: string, a: FeelValue, b: FeelValue): string {
  const shown = (value: FeelValue): string =>
    value === null || (typeof value !== 'object' && String(value).length < 40) ? String(value) : kindName(value);
  const words: Readonly<Record<string, readonly [string, string, boolean]>> = {
    '+': ['add', 'to', true],
    '-': ['subtract', 'from', true],
    '*': ['multiply', 'by', false],
    '/': ['divide', 'by', false],
    '**': ['raise', 'to', false],
  };
  const [verb, link, turned] = words[op]!;
  return turned
    ? `Can't ${verb} '${shown(b)}' ${link} '${shown(a)}'`
    : `Can't ${verb} '${shown(a)}' ${link} '${shown(b)}'`;
}

export function compileNegation(on: Compilation, node: Extract<Node, { kind: 'negation' }>): Code {
  const operand = on.compile(node.operand);
  return (slots, run) => {
    const value = operand(slots, run);
    if (typeof value === 'number') return 0 - value;
    const result = negative(value);
    return result === undefined ? run.warn(`Can't negate '${kindName(value)}'`, node) : result;
  };
}
