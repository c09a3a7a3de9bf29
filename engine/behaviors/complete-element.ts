import type { ElementInstance, IncidentRetry, Occurrence, Wait } from '../instance.ts';
import type { Key } from '../key.ts';
import { completeInstance } from './complete-instance.ts';
import { emit } from './emit.ts';
import { planOutputs } from './give-outputs.ts';
import { applyOutputMappings } from './map-variables.ts';
import { mayAdHocComplete, publishAdHocOutput } from './ad-hoc.ts';
import { chooseFlows } from './choose-flows.ts';
import { planInnerCompletion, type InnerCompletion } from './inner-completion.ts';
import { publishLoopOutput } from './multi-instance.ts';
import type { NodePlan, Way } from './process-plan.ts';
import { noteMove, planById, schedule, type Run } from './run.ts';
import { stayWithIncident } from './attempt.ts';
import { Stuck } from './stuck.ts';
import { recordCompletion } from './record-completion.ts';
import { cancelWaits } from './terminate-element.ts';
import { goOnUndoing } from './undo-queue.ts';

/** The one way on that an event behind a gateway has chosen. */
export interface ChosenWay {
  readonly flow: Way;
  readonly occurrence: Occurrence;
}

export interface Completion {
  readonly chosen?: ChosenWay;
  /** A retry: the output mappings are done since the first try. */
  readonly outputsMapped?: boolean;
}

const FIRST_TRY: Completion = {};
const RETRY: IncidentRetry = { kind: 'complete' };
const NO_FLOWS: readonly Way[] = [];

/** Completes an element instance and moves on; when it gets stuck, an incident keeps it where it is. */
export function completeElement(run: Run, elementInstanceKey: Key, completion: Completion = FIRST_TRY): void {
  const element = run.draft.elements.get(elementInstanceKey);
  if (element !== undefined) complete(run, planById(run, element.elementId), element, completion);
}

/** The same of an element that the caller has just read. */
export function complete(run: Run, plan: NodePlan, element: ElementInstance, completion: Completion = FIRST_TRY): void {
  try {
    finish(run, plan, element, completion);
  } catch (reason) {
    stayWithIncident(run, element, RETRY, reason);
  }
}

function finish(run: Run, plan: NodePlan, element: ElementInstance, { chosen, outputsMapped }: Completion): void {
  const { node, behavior } = plan;
  const isBody = element.elementType === 'multiInstanceBody';
  // A body and an inner flow of an ad-hoc sub-process bear the id of the node without being it.
  const isItself = !isBody && element.elementType !== 'adHocInnerInstance';
  const undoneFor = element.memory?.undoneFor;
  const isAhead = element.memory?.undoing?.ahead === true;
  // Before the flows are chosen: their conditions may read what comes out.
  if (outputsMapped !== true && !isAhead) {
    if (isBody) publishLoopOutput(run, node, element);
    if (isItself && plan.givesOutputs) {
      const giveOutputs = planOutputs(run, node, element);
      applyOutputMappings(run, node, element);
      giveOutputs?.();
      publishAdHocOutput(run, node, element);
    }
  }
  let inside: InnerCompletion | null = null;
  let flows = NO_FLOWS;
  try {
    // What undoes something is beside what its scope counts.
    if (undoneFor === undefined) inside = planInnerCompletion(run, node, element);
    if (!isAhead && inside?.takesFlows !== false) {
      flows = chosen === undefined ? flowsOf(run, plan, element) : [chosen.flow];
    }
  } catch (reason) {
    throw withOutputsMapped(reason);
  }
  inside?.record();
  cancelWaits(run, element.key);
  recordCompletion(run, plan, element);
  emit(run, { kind: 'elementCompleted', elementInstanceKey: element.key, elementId: element.elementId });
  for (const flow of flows) {
    for (let token = 0; token < plan.completionQuantity; token += 1)
      takeFlow(run, flow, element.scopeKey, chosen?.occurrence);
  }
  if (isItself && element.loopIndex === null) behavior.afterComplete?.(run, node, element);
  if (undoneFor !== undefined) goOnUndoing(run, undoneFor);
  if (element.scopeKey === null) return;
  inside?.goOn();
  settleScope(run, element.scopeKey);
}

/** What gets stuck behind the outputs is tried again without mapping them once more: `=n + 1` to n would count twice. */
function withOutputsMapped(reason: unknown): unknown {
  if (!(reason instanceof Stuck) || reason.retry !== null) return reason;
  return new Stuck(reason.type, reason.message, { kind: 'complete', outputsMapped: true });
}

function flowsOf(run: Run, { node, behavior, ways, asks }: NodePlan, element: ElementInstance): readonly Way[] {
  if (behavior.chooseFlows === undefined || element.elementType === 'multiInstanceBody') {
    return asks ? chooseFlows(run, { node, element }) : ways;
  }
  return behavior.chooseFlows(run, node, element);
}

/** A token goes along a flow; with an occurrence, to an event that has happened. */
export function takeFlow(run: Run, flow: Way, scopeKey: Key | null, occurrence?: Occurrence): void {
  if (scopeKey === null) return;
  emit(run, { kind: 'sequenceFlowTaken', flowId: flow.id, scopeKey });
  schedule(run, { kind: 'arrive', scopeKey, plan: flow.target, flowId: flow.id, occurrence });
}

/** Completes a scope in which nothing lives and nothing is on its way (BPMN 2.0.2 §13.5.6). */
export function settleScope(run: Run, scopeKey: Key): void {
  if (run.flights.stepsIn(scopeKey) > 0) return;
  if (run.draft.childrenOf(scopeKey).size > 0) return;
  const scope = run.draft.elements.get(scopeKey);
  // One in which everything is undone is closed by whoever undoes it.
  if (scope === undefined || scope.state === 'compensating') return;
  if (run.draft.waits.get(scopeKey)?.some(isToken) === true) {
    // Whether the join opens, or the tokens are stranded, is seen when everything rests.
    noteMove(run, scopeKey);
    return;
  }
  if (scope.elementType === 'adHocSubProcess' && !mayAdHocComplete(run, scope)) return;
  if (scope.elementType === 'process') completeInstance(run);
  else completeElement(run, scopeKey);
}

const isToken = ({ kind }: Wait) => kind === 'token';
