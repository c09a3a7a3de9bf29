import type { Node } from '../../expressions/syntax/syntax-tree.ts';
import { walkTree } from './walk-tree.ts';

/** Of two constants, or of something with itself. */
export function isConstantComparison(node: Node, text: string): boolean {
  if (node.kind !== 'comparison') return false;
  const [left, right] = [node.left, node.right].map(({ from, to }) => text.slice(from, to).trim());
  return left === right || (isConstant(node.left) && isConstant(node.right));
}

function isConstant(node: Node): boolean {
  return [...walkTree(node, { filters: true })].every(({ kind }) =>
    ['literal', 'negation', 'arithmetic'].includes(kind),
  );
}
