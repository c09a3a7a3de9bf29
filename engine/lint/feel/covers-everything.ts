import { MIRRORED, OPPOSITE } from '../../expressions/analysis/comparison-facts.ts';
import type { Expression } from '../../expressions/expression.ts';
import { treeOf } from '../../expressions/compile.ts';
import type { Node } from '../../expressions/syntax/syntax-tree.ts';
import { isNumber, toDouble } from '../../expressions/values/decimal.ts';

/**
 * Whether one of the conditions is true whatever the value: a constant `true`, a condition and its opposite, or
 * comparisons of one value that leave no number out. Null and a missing variable are not looked at: no comparison covers
 * them. "No" means "not proved".
 */
export function coversEverything(conditions: readonly Expression[]): boolean {
  const facts = conditions.flatMap((condition) => {
    const tree = treeOf(condition);
    return tree === null ? [] : alternativesOf(tree).map((node) => factOf(node, condition.text));
  });
  if (facts.some(({ always }) => always)) return true;
  if (facts.some(({ text }) => facts.some((other) => other.opposite === text))) return true;
  const subjects = new Set(facts.flatMap(({ interval }) => (interval === null ? [] : [interval.subject])));
  return [...subjects].some((subject) =>
    leavesNoNumberOut(facts.flatMap(({ interval }) => (interval?.subject === subject ? [interval] : []))),
  );
}

interface Fact {
  readonly always: boolean;
  /** The condition without blanks, and what it would be if it were turned round. */
  readonly text: string;
  readonly opposite: string;
  readonly interval: Interval | null;
}

/** The numbers for which a comparison with a constant holds. */
interface Interval {
  readonly subject: string;
  readonly from: number;
  readonly to: number;
  readonly fromIncluded: boolean;
  readonly toIncluded: boolean;
}

/** `a or b` holds where either does. */
function alternativesOf(node: Node): readonly Node[] {
  return node.kind === 'or' ? [...alternativesOf(node.left), ...alternativesOf(node.right)] : [node];
}

function factOf(node: Node, text: string): Fact {
  const always = node.kind === 'literal' && node.value === true;
  const inner = negatedBy(node);
  if (inner !== null) {
    const { text: own, opposite } = factOf(inner, text);
    return { always, text: opposite, opposite: own, interval: null };
  }
  if (node.kind !== 'comparison') return { always, ...sides(written(node, text)), interval: null };
  const { op, left, right } = node;
  const boolean = right.kind === 'literal' && typeof right.value === 'boolean' ? right.value : null;
  if (boolean !== null && (op === '=' || op === '!=')) {
    const holds = sides(written(left, text));
    return (op === '=') === boolean
      ? { always, ...holds, interval: null }
      : { always, text: holds.opposite, opposite: holds.text, interval: null };
  }
  const [a, b] = [written(left, text), written(right, text)];
  return { always, text: `${a}${op}${b}`, opposite: `${a}${OPPOSITE[op]}${b}`, interval: intervalOf(node, a, b) };
}

function sides(text: string): { readonly text: string; readonly opposite: string } {
  return { text, opposite: `not(${text})` };
}

function negatedBy(node: Node): Node | null {
  if (node.kind !== 'call' || node.callee.kind !== 'name' || node.callee.name !== 'not') return null;
  const [only] = node.args;
  return node.args.length === 1 && only !== undefined ? only.value : null;
}

function written({ from, to }: Node, text: string): string {
  return text.slice(from, to).replace(/\s+/g, ' ').trim();
}

function intervalOf(node: Extract<Node, { kind: 'comparison' }>, left: string, right: string): Interval | null {
  const onRight = numberOf(node.right);
  const bound = onRight ?? numberOf(node.left);
  if (bound === null) return null;
  const subject = onRight === null ? right : left;
  const op = onRight === null ? MIRRORED[node.op] : node.op;
  const whole = { subject, from: -Infinity, to: Infinity, fromIncluded: true, toIncluded: true };
  switch (op) {
    case '=':
      return { ...whole, from: bound, to: bound };
    case '<':
    case '<=':
      return { ...whole, to: bound, toIncluded: op === '<=' };
    case '>':
    case '>=':
      return { ...whole, from: bound, fromIncluded: op === '>=' };
    case '!=':
      return null;
  }
}

function numberOf(node: Node): number | null {
  if (node.kind === 'negation') {
    const positive = numberOf(node.operand);
    return positive === null ? null : -positive;
  }
  return node.kind === 'literal' && isNumber(node.value) ? toDouble(node.value) : null;
}

function leavesNoNumberOut(intervals: readonly Interval[]): boolean {
  const sorted = [...intervals].sort((a, b) => a.from - b.from || Number(b.fromIncluded) - Number(a.fromIncluded));
  let upTo = -Infinity;
  let included = false;
  for (const { from, to, fromIncluded, toIncluded } of sorted) {
    if (from > upTo || (from === upTo && !fromIncluded && !included && from !== -Infinity)) return false;
    if (to > upTo) {
      upTo = to;
      included = toIncluded;
    } else if (to === upTo) included ||= toIncluded;
  }
  return upTo === Infinity;
}
