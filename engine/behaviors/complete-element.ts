import type { ElementInstance, Occurrence } from '../instance.ts';
import type { Key } from '../key.ts';
import { isActivity, type FlowNode, type SequenceFlow } from '../model/process-model.ts';
import { completeInstance } from './complete-instance.ts';
import { emit } from './emit.ts';
import { planOutputs } from './give-outputs.ts';
import { applyOutputMappings } from './map-variables.ts';
import { mayAdHocComplete, publishAdHocOutput } from './ad-hoc.ts';
import { chooseFlows } from './choose-flows.ts';
import { planInnerCompletion } from './inner-completion.ts';
import { publishLoopOutput } from './multi-instance.ts';
import { nodeById, schedule, type Run } from './run.ts';
import { attempt } from './attempt.ts';
import { Stuck } from './stuck.ts';
import { recordCompletion } from './record-completion.ts';
import { cancelWaits } from './terminate-element.ts';
import { goOnUndoing } from './undo-queue.ts';

/** The one way on that an event behind a gateway has chosen. */
export interface ChosenWay {
  readonly flow: SequenceFlow;
  readonly occurrence: Occurrence;
}

export interface Completion {
  readonly chosen?: ChosenWay;
  /** A retry: the output mappings are done since the first try. */
  readonly outputsMapped?: boolean;
}

/** Completes an element instance and moves on; when it gets stuck, an incident keeps it where it is. */
export function completeElement(run: Run, elementInstanceKey: Key, completion: Completion = {}): void {
  const element = run.draft.elements.get(elementInstanceKey);
  if (element === undefined) return;
  const node = nodeById(run, element.elementId);
  attempt(run, element, { kind: 'complete' }, () => finish(run, node, { element, ...completion }));
}

function finish(
  run: Run,
  node: FlowNode,
  { element, chosen, outputsMapped }: Completion & { readonly element: ElementInstance },
): void {
  const isBody = element.elementType === 'multiInstanceBody';
  // A body and an inner flow of an ad-hoc sub-process bear the id of the node without being it.
  const isItself = !isBody && element.elementType !== 'adHocInnerInstance';
  const { undoing, undoneFor } = element.memory ?? {};
  const isAhead = undoing?.ahead === true;
  // Before the flows are chosen: their conditions may read what comes out.
  if (outputsMapped !== true && !isAhead) {
    if (isBody) publishLoopOutput(run, node, element);
    if (isItself) {
      const giveOutputs = planOutputs(run, node, element);
      applyOutputMappings(run, node, element);
      giveOutputs();
      publishAdHocOutput(run, node, element);
    }
  }
  // What undoes something is beside what its scope counts.
  const inside = undoneFor === undefined ? afterOutputs(() => planInnerCompletion(run, node, element)) : null;
  const flows =
    isAhead || inside?.takesFlows === false
      ? []
      : chosen !== undefined
        ? [chosen.flow]
        : afterOutputs(() => flowsOf(run, node, element, isBody));
  inside?.record();
  cancelWaits(run, element.key);
  recordCompletion(run, node, element);
  emit(run, { kind: 'elementCompleted', elementInstanceKey: element.key, elementId: element.elementId });
  for (const flow of flows) {
    for (let token = 0; token < quantityOf(node); token += 1) {
      takeFlow(run, flow, { scopeKey: element.scopeKey, ...occurrenceOf(chosen) });
    }
  }
  if (isItself && element.loopIndex === null) run.behaviorOf(node).afterComplete?.(run, node, element);
  if (undoneFor !== undefined) goOnUndoing(run, undoneFor);
  if (element.scopeKey === null) return;
  inside?.goOn();
  settleScope(run, element.scopeKey);
}

/** What gets stuck here is tried again without mapping outputs once more: `=n + 1` to n would count twice. */
function afterOutputs<Value>(step: () => Value): Value {
  try {
    return step();
  } catch (reason) {
    if (!(reason instanceof Stuck) || reason.retry !== null) throw reason;
    throw new Stuck(reason.type, reason.message, { kind: 'complete', outputsMapped: true });
  }
}

function flowsOf(run: Run, node: FlowNode, element: ElementInstance, isBody: boolean): readonly SequenceFlow[] {
  const behavior = run.behaviorOf(node);
  if (!isBody && behavior.chooseFlows !== undefined) return behavior.chooseFlows(run, node, element);
  return chooseFlows(run, { node, element });
}

/** BPMN 2.0.2 table 10.3: each flow that leaves an activity gets this many tokens. */
function quantityOf(node: FlowNode): number {
  return isActivity(node) ? (node.completionQuantity ?? 1) : 1;
}

function occurrenceOf(chosen: ChosenWay | undefined): { readonly occurrence?: Occurrence } {
  return chosen === undefined ? {} : { occurrence: chosen.occurrence };
}

/** A token goes along a flow; with an occurrence, to an event that has happened. */
export function takeFlow(
  run: Run,
  flow: SequenceFlow,
  { scopeKey, occurrence }: { readonly scopeKey: Key | null; readonly occurrence?: Occurrence },
): void {
  if (scopeKey === null) return;
  emit(run, { kind: 'sequenceFlowTaken', flowId: flow.id, scopeKey });
  schedule(run, {
    kind: 'arrive',
    scopeKey,
    nodeId: flow.targetId,
    flowId: flow.id,
    ...(occurrence === undefined ? {} : { occurrence }),
  });
}

/** Completes a scope in which nothing lives and nothing is on its way (BPMN 2.0.2 §13.5.6). */
export function settleScope(run: Run, scopeKey: Key): void {
  const scope = run.draft.elements.get(scopeKey);
  // One in which everything is undone is closed by whoever undoes it.
  if (scope === undefined || scope.state === 'compensating') return;
  if (run.flights.stepsIn(scopeKey) > 0) return;
  if (run.draft.childrenOf(scopeKey).size > 0) return;
  if ((run.draft.waits.get(scopeKey) ?? []).some((wait) => wait.kind === 'token')) {
    // Whether the join opens, or the tokens are stranded, is seen when everything rests.
    run.moved.add(scopeKey);
    return;
  }
  if (scope.elementType === 'adHocSubProcess' && !mayAdHocComplete(run, scope)) return;
  if (scope.elementType === 'process') completeInstance(run);
  else completeElement(run, scopeKey);
}
