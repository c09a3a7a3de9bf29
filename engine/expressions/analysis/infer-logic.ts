import type { Node } from '../syntax/syntax-tree.ts';
import { join } from './join.ts';
import { plain, type Inference, type Inferred } from './inference.ts';
import { alternativesOf, isOnlyNull, mayBe, NULL_TYPE, type StaticType } from './static-type.ts';
import { both, contradiction, either, type TypeEnv } from './type-env.ts';

/** Reports something that stands as a condition and is never true or false. */
export function expectCondition(node: Node, type: StaticType, inference: Inference): void {
  if (mayBe(type, 'boolean') || isOnlyNull(type) || type.length === 0) return;
  inference.report('not-a-condition', node, { types: [type] });
}

/** `and`, `or` (three-valued, DMN 1.5 Table 48). Both sides are always looked at, so neither narrows the other. */
export function inferJunction(
  node: Extract<Node, { kind: 'and' | 'or' }>,
  env: TypeEnv,
  inference: Inference,
): Inferred {
  const left = inference.infer(node.left, env);
  const right = inference.infer(node.right, env);
  expectCondition(node.left, left.type, inference);
  expectCondition(node.right, right.type, inference);
  const isAnd = node.kind === 'and';
  const type = junctionType(left.type, right.type, isAnd);
  if (isAnd) {
    const key = contradiction(left.whenTrue, right.whenTrue);
    if (key !== null) inference.report('never-true', node, { subject: shownKey(key) });
    return {
      type,
      whenTrue: both(left.whenTrue, right.whenTrue),
      whenFalse: either(left.whenFalse, right.whenFalse),
    };
  }
  const key = contradiction(left.whenFalse, right.whenFalse);
  if (key !== null) inference.report('never-false', node, { subject: shownKey(key) });
  return {
    type,
    whenTrue: either(left.whenTrue, right.whenTrue),
    whenFalse: both(left.whenFalse, right.whenFalse),
  };
}

function shownKey(key: string): string {
  return key.replaceAll('"', '');
}

function junctionType(a: StaticType, b: StaticType, isAnd: boolean): StaticType {
  const decisive = !isAnd;
  const types: StaticType[] = [];
  const [x, y] = [possible(a), possible(b)];
  if (x.has(decisive) || y.has(decisive)) types.push([{ kind: 'boolean', values: [decisive] }]);
  if (x.has(!decisive) && y.has(!decisive)) types.push([{ kind: 'boolean', values: [!decisive] }]);
  const other = (values: ReadonlySet<boolean | null>): boolean => values.has(null);
  if ((other(x) && (other(y) || y.has(!decisive))) || (other(y) && x.has(!decisive))) types.push(NULL_TYPE);
  return join(...types);
}

/** Truth values of a condition; null stands for everything that is neither. */
function possible(type: StaticType): ReadonlySet<boolean | null> {
  return new Set(
    alternativesOf(type).flatMap((one): readonly (boolean | null)[] => ('values' in one ? one.values : [null])),
  );
}

/** `if`: each branch is reached only when the condition says so. */
export function inferIf(node: Extract<Node, { kind: 'if' }>, env: TypeEnv, inference: Inference): Inferred {
  const condition = inference.infer(node.condition, env);
  expectCondition(node.condition, condition.type, inference);
  const truths = possible(condition.type);
  const then = inference.infer(node.then, env.assume(condition.whenTrue)).type;
  // The second branch is also taken when the condition is null.
  const known = truths.has(null) ? env : env.assume(condition.whenFalse);
  const otherwise = inference.infer(node.otherwise, known).type;
  if (!truths.has(true)) return plain(otherwise);
  return plain(truths.size === 1 ? then : join(then, otherwise));
}
