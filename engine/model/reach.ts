import type { FlowNode, ProcessModel } from './process-model.ts';

/** By node: the incoming flows of one join that a token at that node can still come by. */
export type Reach = ReadonlyMap<string, ReadonlySet<string>>;

interface Known {
  readonly hasRuleJoins: boolean;
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly reach: Map<string, Reach>;
}

/** Worked out once per model and join, when first asked: a step then costs what is alive, not what is drawn. */
const known = new WeakMap<ProcessModel, Known>();

/** Whether any gateway opens by the rule of the inclusive join, so that its tokens must be looked at. */
export function hasRuleJoins(model: ProcessModel): boolean {
  return knownOf(model).hasRuleJoins;
}

/**
 * The paths of BPMN 2.0.2 §13.4.3: they end with an incoming flow of the join and do not pass the join before. A token
 * in an activity can leave it by its boundary events as well, and a link goes on at its catch event.
 */
export function reachOf(model: ProcessModel, join: FlowNode): Reach {
  const { reach, before } = knownOf(model);
  const found = reach.get(join.id);
  if (found !== undefined) return found;
  const flowsByNode = new Map<string, Set<string>>();
  for (const flowId of join.incoming) {
    for (const nodeId of nodesBefore(model.flows.get(flowId)?.sourceId, { joinId: join.id, before })) {
      const flows = flowsByNode.get(nodeId) ?? new Set<string>();
      flowsByNode.set(nodeId, flows.add(flowId));
    }
  }
  reach.set(join.id, flowsByNode);
  return flowsByNode;
}

/** Walks back from the source of a flow. The join itself may be where a path begins, never on its way. */
function nodesBefore(
  sourceId: string | undefined,
  { joinId, before }: { readonly joinId: string; readonly before: Known['before'] },
): ReadonlySet<string> {
  const reached = new Set<string>();
  const queue = sourceId === undefined ? [] : [sourceId];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    if (id !== joinId) queue.push(...(before.get(id) ?? []));
  }
  return reached;
}

function knownOf(model: ProcessModel): Known {
  const found = known.get(model);
  if (found !== undefined) return found;
  const before = new Map<string, string[]>();
  const lead = (from: string, to: string) => before.set(to, [...(before.get(to) ?? []), from]);
  for (const { sourceId, targetId } of model.flows.values()) lead(sourceId, targetId);
  for (const node of model.nodes.values()) {
    if (node.type === 'boundaryEvent') lead(node.attachedToId, node.id);
    if (node.type !== 'intermediateThrowEvent' || node.event.kind !== 'link') continue;
    const target = model.scopes.get(node.scopeId)?.links.get(node.event.linkName);
    if (target !== undefined) lead(node.id, target);
  }
  const made = { hasRuleJoins: [...model.nodes.values()].some(opensByRule), before, reach: new Map<string, Reach>() };
  known.set(model, made);
  return made;
}

function opensByRule({ type, incoming }: FlowNode): boolean {
  return type === 'complexGateway' || (type === 'inclusiveGateway' && incoming.length > 1);
}
