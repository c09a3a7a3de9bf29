import { declaredNamesOf, treeOf, treeOfTests } from '../compile.ts';
import type { Expression } from '../expression.ts';
import type { TypeFinding } from './finding.ts';
import { matchInCell } from './infer-cell.ts';
import { inferNode } from './infer-node.ts';
import { Inference } from './inference.ts';
import { join } from './join.ts';
import { enumType, type StaticType } from './static-type.ts';
import { TypeEnv, type VariableTypes } from './type-env.ts';

export interface TypedExpression {
  /** Every value that the expression may give is of it. */
  readonly type: StaticType;
  readonly findings: readonly TypeFinding[];
}

/**
 * The type of an expression, given the types of the variables that it reads, and what in it cannot be meant. For whoever
 * looks at a model: evaluation knows nothing of it. A variable without a type may be anything, and nothing is said of it.
 */
export function inferType(expression: Expression, variables: VariableTypes): TypedExpression {
  const tree = treeOf(expression);
  if (tree === null) return { type: enumType([expression.text]), findings: [] };
  const inference = new Inference({
    text: expression.text,
    variables,
    declared: declaredNamesOf(expression),
    inferNode,
  });
  const { type } = inferNode(tree, new TypeEnv(), inference);
  return { type, findings: inference.findings };
}

export interface TypedTests {
  /** The values of the input for which the tests may pass; none: they never do. */
  readonly admitted: StaticType;
  readonly findings: readonly TypeFinding[];
}

/** As `inferType`, of unary tests (a cell of a decision table) of an input of a type. */
export function inferTests(tests: Expression, input: StaticType, variables: VariableTypes): TypedTests {
  const { any, negated, tests: nodes } = treeOfTests(tests);
  const inference = new Inference({ text: tests.text, variables, declared: declaredNamesOf(tests), inferNode });
  const env = new TypeEnv().bind('?', input);
  const matches = nodes.map((node) => matchInCell(node, input, env, inference));
  // Which inputs `not(…)` lets through is only known where every test is exact.
  const admitted = any || negated ? input : join(...matches);
  return { admitted, findings: inference.findings };
}
