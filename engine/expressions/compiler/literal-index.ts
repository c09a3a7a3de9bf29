import type { Node } from '../syntax/syntax-tree.ts';

export function literalIndex(node: Node): number | null {
  if (node.kind === 'literal' && typeof node.value === 'number') return node.value;
  if (node.kind === 'negation' && node.operand.kind === 'literal' && typeof node.operand.value === 'number') {
    return -node.operand.value;
  }
  return null;
}
