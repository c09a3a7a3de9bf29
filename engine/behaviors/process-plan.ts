import {
  isActivity,
  type Activity,
  type FlowNode,
  type FlowNodeType,
  type ProcessModel,
  type SequenceFlow,
} from '../model/process-model.ts';
import type { Expression } from '../expressions/expression.ts';
import { hasRuleJoins } from '../model/reach.ts';
import type { BehaviorLookup, ElementBehavior } from './element-behavior.ts';

/**
 * What every step asks of the nodes of a process, worked out once per model. Plans are of one shape, where nodes are of
 * twenty, which V8 looks up in a table at each read; and they lead to each other, so that a token finds its way without
 * asking for an id. Together a tenth of W3.
 */
export interface ProcessPlan {
  /** By the id of the node. */
  readonly nodes: ReadonlyMap<string, NodePlan>;
  /** Whether the process has joins that are looked at when everything rests. */
  readonly hasRuleJoins: boolean;
}

export interface NodePlan {
  readonly node: FlowNode;
  readonly id: string;
  readonly type: FlowNodeType;
  readonly behavior: ElementBehavior<FlowNodeType>;
  /** The flows that lead on, in file order. */
  readonly ways: readonly Way[];
  /** Whether any of them has a condition. */
  readonly asks: boolean;
  readonly isLoop: boolean;
  /** Whether data associations or input mappings come before it. */
  readonly takesInputs: boolean;
  /** Whether data associations, output mappings or what an ad-hoc sub-process has collected come after it. */
  readonly givesOutputs: boolean;
  /** Whether what a finished wait brings stays with the element, for its outputs to give away. */
  readonly keepsResults: boolean;
  /** The activity, where boundary events sit on it. */
  readonly boundaryHost: Activity | null;
  readonly compensationHandlerId: string | null;
  readonly collectsTokens: boolean;
  /** BPMN 2.0.2 table 10.3: each flow that leaves an activity gets this many tokens. */
  readonly completionQuantity: number;
}

/** A sequence flow and where it leads. */
export interface Way extends Omit<SequenceFlow, 'condition'> {
  readonly condition: Expression | undefined;
  readonly target: NodePlan;
}

const plans = new WeakMap<ProcessModel, ProcessPlan>();

export function planOf(model: ProcessModel, behaviorOf: BehaviorLookup): ProcessPlan {
  const known = plans.get(model);
  if (known !== undefined) return known;
  const made = makePlan(model, behaviorOf);
  plans.set(model, made);
  return made;
}

/** Plans first, then the ways between them, which may lead back. */
function makePlan(model: ProcessModel, behaviorOf: BehaviorLookup): ProcessPlan {
  const nodes = new Map<string, NodePlan & { ways: readonly Way[] }>();
  for (const node of model.nodes.values()) nodes.set(node.id, planNode(model, node, behaviorOf));
  for (const plan of nodes.values()) {
    plan.ways = flowsFrom(model, plan.node).map((flow) => {
      const target = nodes.get(flow.targetId);
      if (target === undefined) throw new Error(`Expected element ${flow.targetId} in process ${model.processId}`);
      const { id, name, sourceId, targetId, condition } = flow;
      return { id, name, sourceId, targetId, condition, target };
    });
  }
  return { nodes, hasRuleJoins: hasRuleJoins(model) };
}

function planNode(model: ProcessModel, node: FlowNode, behaviorOf: BehaviorLookup): NodePlan {
  const activity = isActivity(node) ? node : null;
  const hasAssociations = node.associations !== undefined;
  return {
    node,
    id: node.id,
    type: node.type,
    behavior: behaviorOf(node),
    ways: [],
    asks: flowsFrom(model, node).some(({ condition }) => condition !== undefined),
    isLoop: activity?.multiInstance !== undefined || activity?.standardLoop !== undefined,
    takesInputs: hasAssociations || node.inputMappings.length > 0,
    givesOutputs: hasAssociations || node.outputMappings.length > 0 || node.type === 'adHocSubProcess',
    keepsResults: node.outputMappings.length > 0 || node.associations?.keepsResults === true,
    boundaryHost: activity !== null && activity.boundaryEventIds.length > 0 ? activity : null,
    compensationHandlerId: activity?.compensationHandlerId ?? null,
    collectsTokens: activity?.startQuantity !== undefined,
    completionQuantity: activity?.completionQuantity ?? 1,
  };
}

function flowsFrom(model: ProcessModel, node: FlowNode): readonly SequenceFlow[] {
  return node.outgoing.flatMap((id) => model.flows.get(id) ?? []);
}
