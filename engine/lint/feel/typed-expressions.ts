import type { TypeFinding } from '../../expressions/analysis/finding.ts';
import { inferType } from '../../expressions/analysis/infer-type.ts';
import type { StaticType } from '../../expressions/analysis/static-type.ts';
import type { VariableTypes } from '../../expressions/analysis/type-env.ts';
import { treeOf } from '../../expressions/compile.ts';
import type { Expression } from '../../expressions/expression.ts';
import type { ProcessModel } from '../../model/process-model.ts';
import type { LintSurroundings } from '../lint-rule.ts';
import { isConstantComparison } from './constant-comparisons.ts';
import { expressionsOf, type PlacedExpression } from './expressions-of.ts';
import { ProcessTypes } from './process-types.ts';
import { walkTree } from './walk-tree.ts';

/** An expression of a process with its type, and what in it cannot be meant. */
export interface TypedPlace extends PlacedExpression {
  readonly type: StaticType;
  readonly findings: readonly TypeFinding[];
}

export function typedExpressionsOf(process: ProcessModel, surroundings: LintSurroundings): readonly TypedPlace[] {
  const types = new ProcessTypes(process, surroundings);
  return expressionsOf(process).map((placed) => {
    const { expression, onCompletion } = placed;
    // What a job or message brings is read there under names that may mean something else elsewhere.
    if (onCompletion && !('form' in placed.owner)) {
      return { ...placed, ...inferType(expression, new Map()) };
    }
    const { type, findings } = inferType(expression, types);
    return { ...placed, type, findings: believed(findings, { expression, types }) };
  });
}

/**
 * Where others may write variables, what follows from kinds alone, and texts that are nearly an allowed one: they are
 * probably misspelt. Comparisons of constants have a rule of their own.
 */
function believed(
  findings: readonly TypeFinding[],
  { expression, types }: { readonly expression: Expression; readonly types: ProcessTypes },
): readonly TypeFinding[] {
  if (findings.length === 0) return findings;
  const certain = types.complete ? findings : inferType(expression, types.kinds).findings;
  return withoutConstants(expression, findings).filter(
    (one) => one.suggestion !== null || certain.some((other) => other.code === one.code && other.from === one.from),
  );
}

function withoutConstants(expression: Expression, findings: readonly TypeFinding[]): readonly TypeFinding[] {
  const tree = treeOf(expression);
  if (tree === null) return findings;
  const constants = [...walkTree(tree, { filters: true })].filter((node) =>
    isConstantComparison(node, expression.text),
  );
  return findings.filter(({ from, to }) => !constants.some((node) => node.from <= from && to <= node.to));
}

/** Of an expression whose variables nobody else writes. */
export function plainFindings(expression: Expression, variables: VariableTypes): readonly TypeFinding[] {
  return withoutConstants(expression, inferType(expression, variables).findings);
}
