import { isActivity, type FlowNode, type ProcessModel, type SequenceFlow } from '../../model/process-model.ts';
import type { PathStep } from '../lint-finding.ts';
import { joinOf, type Join } from './join-of.ts';
import { outcomesOf } from './outcomes-of.ts';
import { sideEventsOf } from './side-events.ts';

/**
 * The token game of one scope without data (BPMN 2.0.2 §13): tokens lie on places, one place a sequence flow, and one
 * for each way in that has no flow. A task passes its token on at once; a choice of data is free. ADR 0010.
 */
export interface TokenNet {
  readonly scopeId: string;
  readonly nodes: readonly NetNode[];
  /** Of each place, the node that takes from it. */
  readonly targets: readonly NetNode[];
  /** Every way to begin: the places that hold a token at first. */
  readonly starts: readonly (readonly number[])[];
  /** False where choices were left out because there are too many. */
  readonly exact: boolean;
}

export interface NetNode {
  readonly node: FlowNode;
  readonly inputs: readonly number[];
  readonly join: Join;
  /** How many tokens it takes (`startQuantity`). */
  readonly takes: number;
  readonly outcomes: readonly Outcome[];
}

/** One thing that a node may do with its token. */
export interface Outcome {
  readonly outputs: readonly number[];
  /** What the path names beside the node: a boundary event, a chosen flow. */
  readonly through: readonly PathStep[];
  /** The scope ends with it: at once, or by something that leaves it. */
  readonly ends?: 'completed' | 'aborted';
  /** Several boundary events happened during one run; on purpose, so what they double is no mistake. */
  readonly beside?: true;
}

/** What an outcome needs to know of the scope around it. */
export interface NetPlan {
  readonly process: ProcessModel;
  placeOfFlow(flowId: string): number;
  /** The place of a node that is entered without a flow: a start, a link catch. */
  entryOf(nodeId: string): number;
  flow(flowId: string): SequenceFlow | undefined;
  /** Boundary events whose path is explored alone. */
  readonly sideEventIds: ReadonlySet<string>;
  /** Whether a scope can end in the ordinary way; true while nobody knows better. */
  completes(scopeId: string): boolean;
  /** Told when choices are left out. */
  leaveOut(): void;
}

export function buildNet(process: ProcessModel, scopeId: string, completes: (scopeId: string) => boolean): TokenNet {
  const own = [...process.nodes.values()].filter((node) => node.scopeId === scopeId);
  const places = new Map<string, number>();
  const place = (id: string): number => {
    const known = places.get(id);
    if (known !== undefined) return known;
    places.set(id, places.size);
    return places.size - 1;
  };
  const starts = startsOf(process, scopeId, own);
  const side = sideEventsOf(process, own, starts.flat());
  let exact = true;
  const plan: NetPlan = {
    process,
    placeOfFlow: (flowId) => place(`flow ${flowId}`),
    entryOf: (nodeId) => place(`entry ${nodeId}`),
    flow: (flowId) => process.flows.get(flowId),
    sideEventIds: new Set(side.map(({ id }) => id)),
    completes,
    leaveOut: () => (exact = false),
  };
  const nodes = own.flatMap((node): readonly NetNode[] => {
    const outcomes = outcomesOf(node, plan);
    if (outcomes === null) return [];
    const flows = node.incoming.map(plan.placeOfFlow);
    const join = joinOf(node);
    return [
      { node, inputs: flows.length === 0 ? [plan.entryOf(node.id)] : flows, join, takes: takesOf(node), outcomes },
    ];
  });
  const targets: NetNode[] = [];
  for (const node of nodes) for (const input of node.inputs) targets[input] = node;
  const begins = [...starts, ...side.map(({ id }) => [id])];
  return { scopeId, nodes, targets, starts: begins.map((ids) => ids.map(plan.entryOf)), exact };
}

/** Every way in alone; without any, all nodes without incoming flow together (BPMN 2.0.2 §13.2). */
function startsOf(process: ProcessModel, scopeId: string, own: readonly FlowNode[]): readonly (readonly string[])[] {
  const alone = own.filter((node) => node.type === 'startEvent' || ('instantiate' in node && node.instantiate));
  if (alone.length > 0) return alone.map(({ id }) => [id]);
  const together = process.scopes.get(scopeId)?.implicitStartIds ?? [];
  const host = process.nodes.get(scopeId);
  // Chosen activities run each in a flow of its own (ADR 0008).
  if (host?.type === 'adHocSubProcess' && host.choice !== undefined) return together.map((id) => [id]);
  return together.length === 0 ? [] : [together];
}

/** `startQuantity` (BPMN 2.0.2 §10.3.1). */
function takesOf(node: FlowNode): number {
  return isActivity(node) ? (node.startQuantity ?? 1) : 1;
}
