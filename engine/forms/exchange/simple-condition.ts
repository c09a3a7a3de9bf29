import { ExpressionSyntaxError } from '../../expressions/expression-syntax-error.ts';
import { treeOf } from '../../expressions/compile.ts';
import { compileFeel } from '../../expressions/expression.ts';
import { Decimal } from '../../expressions/values/decimal.ts';
import type { ComparisonOp, Node } from '../../expressions/syntax/syntax-tree.ts';
import type { JsonObject } from './form-draft.ts';

/** A rule that asks about one field only, as the schema that the field's value must fit. */
export interface SimpleCondition {
  readonly field: string;
  readonly schema: JsonObject;
}

const BOUNDS: Readonly<Partial<Record<ComparisonOp, string>>> = {
  '<': 'exclusiveMaximum',
  '<=': 'maximum',
  '>': 'exclusiveMinimum',
  '>=': 'minimum',
};

/** Reads `kind = "b2c"`, `amount >= 100`, `email != null` and `not(…)` of these; undefined for what says more. */
export function simpleCondition(feel: string): SimpleCondition | undefined {
  try {
    const tree = treeOf(compileFeel(feel));
    return tree === null ? undefined : read(tree);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}

function read(node: Node): SimpleCondition | undefined {
  if (node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === 'not' && node.args.length === 1) {
    const inner = read(node.args[0]!.value);
    return inner && { field: inner.field, schema: { not: inner.schema } };
  }
  if (node.kind !== 'comparison' || node.left.kind !== 'name') return undefined;
  const value = literalOf(node.right);
  if (value === undefined) return undefined;
  const field = node.left.name;
  if (value === null) {
    // An empty field is absent from the data of those formats, so «filled» is «not null» and «empty» its opposite.
    const filled = { not: { type: 'null' } };
    if (node.op === '!=') return { field, schema: filled };
    return node.op === '=' ? { field, schema: { type: 'null' } } : undefined;
  }
  if (node.op === '=') return { field, schema: { const: value } };
  if (node.op === '!=') return { field, schema: { not: { const: value } } };
  const bound = BOUNDS[node.op];
  return typeof value === 'number' && bound !== undefined ? { field, schema: { [bound]: value } } : undefined;
}

function literalOf(node: Node): string | number | boolean | null | undefined {
  if (node.kind === 'negation') {
    const value = literalOf(node.operand);
    return typeof value === 'number' ? -value : undefined;
  }
  if (node.kind !== 'literal') return undefined;
  const { value } = node;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' || value instanceof Decimal ? Number(value.toString()) : undefined;
}
