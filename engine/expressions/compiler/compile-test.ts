import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import type { FeelRun, Place } from './feel-run.ts';
import { literalIndex } from './literal-index.ts';
import { mentionsInput } from './mentions-input.ts';
import { refuseOrder } from './refuse-order.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { equalValues, includes } from '../values/equality.ts';
import { FeelRange, type FeelValue, isList } from '../values/feel-value.ts';

const CONDITIONS: ReadonlySet<Node['kind']> = new Set([
  'comparison',
  'between',
  'in',
  'and',
  'or',
  'instanceOf',
  'some',
  'every',
  'call',
]);

export function compileIn(on: Compilation, { value, tests }: Extract<Node, { kind: 'in' }>): Code {
  const slot = on.scope.newSlot();
  const of = on.compile(value);
  const codes = tests.map((test) => compileTest(on, test, slot, false));
  return (slots, run) => {
    slots[slot] = of(slots, run);
    return anyOf(codes, slots, run);
  };
}

/** A positive unary test of the value in `slot` (DMN 1.5 §10.3.1.2 rule 7 and Table 55): true, false or null. */
export function compileTest(on: Compilation, node: Node, slot: number, inCell: boolean): Code {
  if (node.kind === 'equals') {
    const operand = on.compile(node.operand);
    const { negated } = node;
    return (slots, run) => {
      const result = equalValues(slots[slot]!, operand(slots, run), run);
      return result === null ? null : result !== negated;
    };
  }
  const place = { from: node.from, to: node.to };
  if (node.kind === 'range') {
    const code = on.compile(node);
    const general: Code = (slots, run) => {
      const range = code(slots, run);
      if (!(range instanceof FeelRange)) return null;
      const value = slots[slot]!;
      return value instanceof FeelRange ? equalValues(range, value, run) : inRange(range, value, run, place);
    };
    const holds = literalRange(node);
    if (holds === null) return general;
    return (slots, run) => {
      const value = slots[slot];
      return typeof value === 'number' ? holds(value) : general(slots, run);
    };
  }
  if (node.kind === 'literal' && typeof node.value === 'string') {
    const wanted = node.value;
    return (slots, run) => {
      const value = slots[slot]!;
      return typeof value === 'string' ? value === wanted : isAmong(value, wanted, run, place);
    };
  }
  const code = on.compile(node);
  const asksInput = inCell && mentionsInput(node);
  // A condition on something else than the input; a plain `true` is compared with it.
  const asksElse = inCell && CONDITIONS.has(node.kind);
  return (slots, run) => {
    const result = code(slots, run);
    if (asksInput && typeof result === 'boolean') return result;
    const value = slots[slot]!;
    if (asksElse && result === true && typeof value !== 'boolean') return true;
    return isAmong(value, result, run, place);
  };
}

/** A range of literal numbers as a plain comparison; null for any other. */
function literalRange(node: Extract<Node, { kind: 'range' }>): ((value: number) => boolean) | null {
  const low = node.start === null ? -Infinity : literalIndex(node.start);
  const high = node.end === null ? Infinity : literalIndex(node.end);
  if (low === null || high === null) return null;
  const { startIncluded, endIncluded } = node;
  return (value) => (startIncluded ? value >= low : value > low) && (endIncluded ? value <= high : value < high);
}

export function anyOf(tests: readonly Code[], slots: FeelValue[], run: FeelRun): boolean | null {
  let unknown = false;
  for (const test of tests) {
    const result = test(slots, run);
    if (result === true) return true;
    if (result === null) unknown = true;
  }
  return unknown ? null : false;
}

function inRange(range: FeelRange, value: FeelValue, run: FeelRun, place: Place): boolean | null {
  const result = includes(range, value);
  if (result !== null || value === null || range.start === null || range.end === null) return result;
  const bound = range.start ?? range.end ?? null;
  return refuseOrder(value, bound, run, place);
}

/** `value in result`: equal to it, inside it, or among its elements. */
function isAmong(value: FeelValue, result: FeelValue, run: FeelRun, place: Place): boolean | null {
  if (result instanceof FeelRange && !(value instanceof FeelRange)) return inRange(result, value, run, place);
  if (isList(result)) {
    if (isList(value) && equalValues(value, result, run) === true) return true;
    run.spend(result.length);
    return result.some((item) =>
      item instanceof FeelRange && !(value instanceof FeelRange)
        ? includes(item, value) === true
        : equalValues(value, item, run) === true,
    );
  }
  return equalValues(value, result, run);
}
