import type { LinkEventDefinition } from '../model/event-definition.ts';
import { isActivity, type FlowNode, type IntermediateCatchEvent, type SequenceFlow } from '../model/process-model.ts';
import { startsWithoutFlow } from './compile-starts.ts';
import type { ProblemList } from './problem-list.ts';

/** Refuses every node of a scope that no token can reach: it would be drawn and never run, or leave the scope empty. */
export function refuseUnreachable(
  own: readonly FlowNode[],
  { flows, problems }: { readonly flows: ReadonlyMap<string, SequenceFlow>; readonly problems: ProblemList },
): void {
  const byId = new Map(own.map((node) => [node.id, node] as const));
  const reached = new Set<string>();
  const starts = own.filter(startsByItself);
  const tokens = starts.length > 0 ? starts : own.filter(startsWithoutFlow);
  const queue = [...tokens, ...own.filter(({ type }) => type === 'eventSubProcess')].map((node) => node.id);
  const links = new Map(own.filter(isLinkCatch).map((node) => [node.event.linkName, node.id] as const));
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = byId.get(id);
    if (node === undefined || reached.has(id)) continue;
    reached.add(id);
    for (const flowId of node.outgoing) queue.push(flows.get(flowId)?.targetId ?? '');
    if (isActivity(node)) queue.push(...node.boundaryEventIds, node.compensationHandlerId ?? '');
    if (node.type === 'intermediateThrowEvent' && node.event.kind === 'link') {
      queue.push(links.get(node.event.linkName) ?? '');
    }
  }
  for (const node of own) {
    if (reached.has(node.id)) continue;
    problems.add(
      { $type: `bpmn:${node.type}`, id: node.id, name: node.name },
      {
        code: 'unreachable-element',
        message: `${node.type} "${node.name || node.id}" can never be reached: no path from a start leads to it.`,
        remedy: 'Connect it or remove it.',
      },
    );
  }
}

function startsByItself(node: FlowNode): boolean {
  return node.type === 'startEvent' || ('instantiate' in node && node.instantiate);
}

function isLinkCatch(node: FlowNode): node is IntermediateCatchEvent & { readonly event: LinkEventDefinition } {
  return node.type === 'intermediateCatchEvent' && node.event.kind === 'link';
}
