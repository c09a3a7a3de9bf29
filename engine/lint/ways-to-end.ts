import type { FlowNode, ProcessModel } from '../model/process-model.ts';
import { successorsOf } from './successors-of.ts';

/** The nodes of a scope from which flows, links and boundary events lead to no node that ends a path. */
export function withoutWayToEnd(process: ProcessModel, scopeId: string): readonly FlowNode[] {
  const own = [...process.nodes.values()].filter((node) => node.scopeId === scopeId && node.type !== 'eventSubProcess');
  const next = new Map(own.map((node) => [node, successorsOf(process, node, { besides: false })] as const));
  const ending = new Set(
    own.filter((node) => node.outgoing.length === 0 && next.get(node)!.length === 0).map(({ id }) => id),
  );
  for (let before = -1; before < ending.size;) {
    before = ending.size;
    for (const node of own) if (next.get(node)!.some((id) => ending.has(id))) ending.add(node.id);
  }
  return own.filter(({ id }) => !ending.has(id));
}
