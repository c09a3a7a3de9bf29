import { assertNever } from '../../assert-never.ts';
import { definitionsOf } from '../../model/definitions-of.ts';
import type { Activity, EndEvent, FlowNode, IntermediateThrowEvent } from '../../model/process-model.ts';
import type { PathStep } from '../lint-finding.ts';
import type { NetPlan, Outcome } from './token-net.ts';

/** More ways out than this are not tried in every combination. */
const COMBINED_FLOWS = 6;

/** What a node may do with its token; null for what takes none here: most boundary events, event sub-processes. */
export function outcomesOf(node: FlowNode, plan: NetPlan): readonly Outcome[] | null {
  switch (node.type) {
    case 'boundaryEvent':
      return plan.sideEventIds.has(node.id) ? [all(node, plan)] : null;
    case 'eventSubProcess':
      return null;
    case 'startEvent':
    case 'intermediateCatchEvent':
    case 'parallelGateway':
      return [all(node, plan)];
    case 'endEvent':
      return [endOf(node)];
    case 'intermediateThrowEvent':
      return [throwOf(node, plan)];
    case 'exclusiveGateway':
      return oneOf(node, plan);
    case 'inclusiveGateway':
    case 'complexGateway':
      return flowChoices(node, plan);
    case 'eventBasedGateway':
      return node.instantiate && node.parallel ? [all(node, plan)] : oneOf(node, plan);
    case 'task':
    case 'manualTask':
    case 'userTask':
    case 'serviceTask':
    case 'sendTask':
    case 'scriptTask':
    case 'businessRuleTask':
    case 'receiveTask':
    case 'callActivity':
      return activityOutcomes(node, plan, true);
    case 'subProcess':
    case 'adHocSubProcess':
    case 'transaction':
      return activityOutcomes(node, plan, plan.completes(node.id));
    default:
      return assertNever(node);
  }
}

function all({ outgoing }: FlowNode, plan: NetPlan): Outcome {
  return { outputs: outgoing.map(plan.placeOfFlow), through: [] };
}

function oneOf(node: FlowNode, plan: NetPlan): readonly Outcome[] {
  if (node.outgoing.length === 0) return [{ outputs: [], through: [] }];
  return node.outgoing.map((flowId) => ({ outputs: [plan.placeOfFlow(flowId)], through: stepsOf([flowId], plan) }));
}

function endOf({ event }: EndEvent): Outcome {
  const kinds = definitionsOf(event).map(({ kind }) => kind);
  if (kinds.includes('error') || kinds.includes('cancel')) return { outputs: [], through: [], ends: 'aborted' };
  return { outputs: [], through: [], ...(kinds.includes('terminate') ? { ends: 'completed' as const } : {}) };
}

function throwOf(node: IntermediateThrowEvent, plan: NetPlan): Outcome {
  if (node.event.kind !== 'link') return all(node, plan);
  const catchId = plan.process.scopes.get(node.scopeId)?.links.get(node.event.linkName);
  return { outputs: catchId === undefined ? [] : [plan.entryOf(catchId)], through: [] };
}

/**
 * An activity goes on, or one of its interrupting boundary events takes its place; beside either, those that do not
 * interrupt may each start a token of their own. Once is enough: what a second time breaks, a loop in the model breaks too.
 */
function activityOutcomes(node: Activity, plan: NetPlan, completes: boolean): readonly Outcome[] {
  const events = node.boundaryEventIds.flatMap((id) => {
    const event = plan.process.nodes.get(id);
    return event?.type === 'boundaryEvent' && event.event.kind !== 'compensate' ? [event] : [];
  });
  const canceled = node.type === 'transaction' && node.endsWhenCanceled === true ? [{ outputs: [], through: [] }] : [];
  const ways = completes ? flowChoices(node, plan).map((way) => repeated(way, node)) : [];
  const interrupted = events.filter(({ interrupting }) => interrupting).map((event) => boundaryWay(event, plan));
  const beside = events
    .filter(({ id, interrupting }) => !interrupting && !plan.sideEventIds.has(id))
    .map((event) => boundaryWay(event, plan));
  const together = beside.length > 1 ? [{ ...joined(beside), beside: true as const }] : [];
  return [...ways, ...canceled, ...interrupted].flatMap((way) => [
    way,
    ...[...beside, ...together].map((side) => ({
      ...way,
      ...joined([way, side]),
      ...('beside' in side ? { beside: true as const } : {}),
    })),
  ]);
}

/** `completionQuantity`: that many tokens on each flow (BPMN 2.0.2 §10.3.1). */
function repeated(way: Outcome, { completionQuantity: quantity = 1 }: Activity): Outcome {
  return quantity === 1 ? way : { ...way, outputs: Array.from({ length: quantity }, () => way.outputs).flat() };
}

function boundaryWay(event: FlowNode, plan: NetPlan): Outcome {
  return { ...all(event, plan), through: [stepOf(event)] };
}

function joined(outcomes: readonly Outcome[]): Pick<Outcome, 'outputs' | 'through'> {
  return {
    outputs: outcomes.flatMap(({ outputs }) => outputs),
    through: outcomes.flatMap(({ through }) => through),
  };
}

/** Unconditional flows always, conditional ones in any combination, the default flow when no condition holds. */
function flowChoices(node: FlowNode, plan: NetPlan): readonly Outcome[] {
  const conditional = node.outgoing.filter((id) => id !== node.defaultFlowId && plan.flow(id)?.condition !== undefined);
  if (conditional.length === 0 && node.defaultFlowId === undefined) return [all(node, plan)];
  const always = node.outgoing.filter((id) => id !== node.defaultFlowId && !conditional.includes(id));
  const none = node.defaultFlowId === undefined ? always : [...always, node.defaultFlowId];
  const chosen = combinations(conditional, plan).map((flows) => [...always, ...flows]);
  // Nothing to take is an incident at run time, not a way to go on.
  return [...(none.length === 0 ? [] : [none]), ...chosen].map((flows) => ({
    outputs: flows.map(plan.placeOfFlow),
    through: stepsOf(flows, plan),
  }));
}

/** Every combination but the empty one; of many flows only each alone and all together. */
function combinations(flows: readonly string[], plan: NetPlan): readonly (readonly string[])[] {
  if (flows.length > COMBINED_FLOWS) {
    plan.leaveOut();
    return [...flows.map((flow) => [flow]), flows];
  }
  const masks = Array.from({ length: 2 ** flows.length - 1 }, (_, index) => index + 1);
  return masks.map((mask) => flows.filter((_, at) => (mask & (1 << at)) !== 0));
}

/** A choice is told by the name of its flow; a flow without a name says no more than the element behind it. */
function stepsOf(flowIds: readonly string[], plan: NetPlan): readonly PathStep[] {
  return flowIds.flatMap((id) => {
    const name = plan.flow(id)?.name ?? '';
    return name === '' ? [] : [{ elementId: id, elementName: name }];
  });
}

export function stepOf({ id, name }: Pick<FlowNode, 'id' | 'name'>): PathStep {
  return { elementId: id, elementName: name === '' ? id : name };
}
