import type { Node } from '../../expressions/syntax/syntax-tree.ts';

/**
 * Every node of an expression, outermost first. A filter's condition is left out when `filters` is false: a name in it may
 * belong to the element that is filtered.
 */
export function* walkTree(node: Node, { filters }: { readonly filters: boolean }): Generator<Node> {
  yield node;
  for (const [key, part] of Object.entries(node)) {
    if (!filters && node.kind === 'filter' && key === 'condition') continue;
    yield* walkPart(part, filters);
  }
}

function* walkPart(part: unknown, filters: boolean): Generator<Node> {
  if (Array.isArray(part)) for (const one of part) yield* walkPart(one, filters);
  else if (isNode(part)) yield* walkTree(part, { filters });
  // Arguments, sources and context entries hold their expressions one step further in.
  else if (isRecord(part)) for (const inner of Object.values(part)) yield* walkPart(inner, filters);
}

function isNode(part: unknown): part is Node {
  return isRecord(part) && typeof part['kind'] === 'string' && typeof part['from'] === 'number';
}

function isRecord(part: unknown): part is Readonly<Record<string, unknown>> {
  return typeof part === 'object' && part !== null && Object.getPrototypeOf(part) === Object.prototype;
}
