import { isActivity, type FlowNode, type ProcessModel } from '../model/process-model.ts';

/**
 * Where a token of a node may go next, by ids: along flows, links and interrupting boundary events; with `besides` also
 * where a boundary event that does not interrupt starts a token of its own.
 */
export function successorsOf(
  process: ProcessModel,
  node: FlowNode,
  { besides }: { readonly besides: boolean },
): readonly string[] {
  if (node.type === 'intermediateThrowEvent' && node.event.kind === 'link') {
    const target = process.scopes.get(node.scopeId)?.links.get(node.event.linkName);
    return target === undefined ? [] : [target];
  }
  const flows = node.outgoing.flatMap((id) => process.flows.get(id)?.targetId ?? []);
  if (!isActivity(node)) return flows;
  const events = node.boundaryEventIds.filter((id) => {
    const event = process.nodes.get(id);
    return event?.type === 'boundaryEvent' && (besides || event.interrupting);
  });
  return [...flows, ...events];
}

/** Every node that tokens at some nodes can reach, these included. */
export function reachableFrom(
  process: ProcessModel,
  ids: Iterable<string>,
  options: { readonly besides: boolean },
): ReadonlySet<string> {
  const reached = new Set(ids);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const id of reached) {
    const node = process.nodes.get(id);
    for (const next of node === undefined ? [] : successorsOf(process, node, options)) reached.add(next);
  }
  return reached;
}
