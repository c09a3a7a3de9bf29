import type { Node } from '../syntax/syntax-tree.ts';

export function mentionsInput(node: Node): boolean {
  if (node.kind === 'name') return node.name === '?';
  return Object.values(node).some((child: unknown) => containsInput(child));
}

function containsInput(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(containsInput);
  if (typeof value !== 'object' || value === null) return false;
  if ('kind' in value && 'from' in value) return mentionsInput(value as Node);
  return 'value' in value && 'name' in value
    ? containsInput(value.value)
    : 'list' in value
      ? containsInput(value.list) || ('end' in value && containsInput(value.end))
      : 'key' in value && 'value' in value
        ? containsInput(value.value)
        : false;
}
