import { compareValues } from '../values/equality.ts';
import type { ComparisonOp, Node } from '../syntax/syntax-tree.ts';
import { compareTypes, type Outcome } from './compare-types.ts';
import { factsOfComparison, MIRRORED } from './comparison-facts.ts';
import { join } from './join.ts';
import { keyOf } from './infer-path.ts';
import type { Inference, Inferred } from './inference.ts';
import { isOnlyNull, NULL_TYPE, type StaticType } from './static-type.ts';
import { suggestLiteral } from './suggest-literal.ts';
import { both, either, type TypeEnv } from './type-env.ts';

export function inferComparison(
  node: Extract<Node, { kind: 'comparison' }>,
  env: TypeEnv,
  inference: Inference,
): Inferred {
  const left = inference.infer(node.left, env).type;
  const right = inference.infer(node.right, env).type;
  const outcome = compareTypes(node.op, left, right);
  reportOutcome(node, { op: node.op, left, right, outcome }, inference);
  const facts = [
    factsOfComparison(keyOf(node.left), node.op, right),
    factsOfComparison(keyOf(node.right), MIRRORED[node.op], left),
  ] as const;
  return {
    type: outcomeType(outcome),
    whenTrue: both(facts[0].whenTrue, facts[1].whenTrue),
    whenFalse: both(facts[0].whenFalse, facts[1].whenFalse),
  };
}

export function outcomeType({ holds, fails, unknown }: Outcome): StaticType {
  const values = [...(holds ? [true] : []), ...(fails ? [false] : [])];
  return [
    ...(values.length > 0 ? [{ kind: 'boolean' as const, values }] : []),
    ...(unknown ? [{ kind: 'null' as const }] : []),
  ];
}

interface Compared {
  readonly op: ComparisonOp;
  readonly left: StaticType;
  readonly right: StaticType;
  readonly outcome: Outcome;
}

/** What can be said of a comparison whose outcome is known before. */
function reportOutcome(place: Node, { op, left, right, outcome }: Compared, inference: Inference): void {
  const types = [left, right];
  // Nothing is said of what is not known at all, nor of what is null for another reason.
  if (left.length === 0 || right.length === 0) return;
  const isEquality = op === '=' || op === '!=';
  const asksNull = isOnlyNull(left) || isOnlyNull(right);
  if (asksNull && !isEquality) return inference.report('only-null', place, { types, subject: op });
  if (!asksNull && !outcome.comparable) return inference.report('different-types', place, { types, subject: op });
  const suggestion = isEquality ? suggestLiteral(left, right) : null;
  if (!outcome.holds) inference.report('never-true', place, { types, subject: op, suggestion });
  else if (!outcome.fails) inference.report('never-false', place, { types, subject: op, suggestion });
}

/** `x between a and b`: null when either bound cannot be compared. */
export function inferBetween(node: Extract<Node, { kind: 'between' }>, env: TypeEnv, inference: Inference): Inferred {
  const [value, low, high] = [node.value, node.low, node.high].map((part) => inference.infer(part, env).type);
  const above = compareTypes('>=', value!, low!);
  const below = compareTypes('<=', value!, high!);
  const outcome: Outcome = {
    holds: above.holds && below.holds,
    fails: above.fails || below.fails,
    unknown: above.unknown || below.unknown,
    comparable: above.comparable && below.comparable,
  };
  const key = keyOf(node.value);
  const [from, to] = [factsOfComparison(key, '>=', low!), factsOfComparison(key, '<=', high!)];
  const types = [value!, low!, high!];
  if (types.every((type) => type.length > 0 && !isOnlyNull(type))) {
    if (!outcome.comparable) inference.report('different-types', node, { types, subject: 'between' });
    else if (isEmptyBetween(low!, high!)) inference.report('empty-range', node);
    else if (!outcome.holds) inference.report('never-true', node, { types });
    else if (!outcome.fails) inference.report('never-false', node, { types });
  }
  return {
    type: outcomeType(outcome),
    whenTrue: both(from.whenTrue, to.whenTrue),
    whenFalse: either(from.whenFalse, to.whenFalse),
  };
}

function isEmptyBetween(low: StaticType, high: StaticType): boolean {
  return !compareTypes('<=', low, high).holds;
}

/** A range as a value; null when its ends are null or of different kinds. */
export function inferRange(
  { start, end, ...node }: Extract<Node, { kind: 'range' }>,
  env: TypeEnv,
  inference: Inference,
): StaticType {
  const from = start === null ? null : inference.infer(start, env).type;
  const to = end === null ? null : inference.infer(end, env).type;
  const type: StaticType = [
    { kind: 'range', of: join(...(from === null ? [] : [from]), ...(to === null ? [] : [to])) },
  ];
  if (from === null || to === null) return type;
  const { comparable } = compareTypes('<=', from, to);
  if (!comparable && !isOnlyNull(from) && !isOnlyNull(to)) {
    inference.report('different-types', node, { types: [from, to], subject: '..' });
  } else if (isEmptyLiteral(start, end, node)) inference.report('empty-range', node);
  return join(type, NULL_TYPE);
}

function isEmptyLiteral(
  start: Node | null,
  end: Node | null,
  { startIncluded, endIncluded }: { readonly startIncluded: boolean; readonly endIncluded: boolean },
): boolean {
  if (start?.kind !== 'literal' || end?.kind !== 'literal') return false;
  const order = compareValues(start.value, end.value);
  return order !== null && (order > 0 || (order === 0 && !(startIncluded && endIncluded)));
}

/** `= x` as a value of its own is the range of one point; `!= x` is null. */
export function inferEqualsValue(
  { operand, negated }: Extract<Node, { kind: 'equals' }>,
  env: TypeEnv,
  inference: Inference,
): StaticType {
  const { type } = inference.infer(operand, env);
  return negated ? NULL_TYPE : [{ kind: 'range', of: type }];
}
