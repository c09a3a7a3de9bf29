import type { ElementInstance, Occurrence } from '../instance.ts';
import type { Key } from '../key.ts';
import type { FlowNode, SequenceFlow } from '../model/process-model.ts';
import { completeInstance } from './complete-instance.ts';
import { emit } from './emit.ts';
import { planOutputs } from './give-outputs.ts';
import { applyOutputMappings } from './map-variables.ts';
import { mayAdHocComplete, publishAdHocOutput } from './ad-hoc.ts';
import { planInnerCompletion } from './inner-completion.ts';
import { publishLoopOutput } from './multi-instance.ts';
import { raiseIncident } from './raise-incident.ts';
import { nodeById, schedule, type Run } from './run.ts';
import { attempt } from './attempt.ts';
import { cancelWaits } from './terminate-element.ts';

/** The one way on that an event behind a gateway has chosen. */
export interface ChosenWay {
  readonly flow: SequenceFlow;
  readonly occurrence: Occurrence;
}

/** Completes an element instance and moves on; when it gets stuck, an incident keeps it where it is. */
export function completeElement(run: Run, elementInstanceKey: Key, chosen?: ChosenWay): void {
  const element = run.draft.elements.get(elementInstanceKey);
  if (element === undefined) return;
  const node = nodeById(run, element.elementId);
  attempt(run, element, { kind: 'complete' }, () => finish(run, node, { element, chosen }));
}

function finish(
  run: Run,
  node: FlowNode,
  { element, chosen }: { readonly element: ElementInstance; readonly chosen: ChosenWay | undefined },
): void {
  const isBody = element.elementType === 'multiInstanceBody';
  // A body and an inner flow of an ad-hoc sub-process bear the id of the node without being it.
  const isItself = !isBody && element.elementType !== 'adHocInnerInstance';
  if (isItself) {
    const giveOutputs = planOutputs(run, node, element);
    applyOutputMappings(run, node, element);
    giveOutputs();
  }
  const inside = planInnerCompletion(run, node, element);
  const flows =
    inside?.takesFlows === false ? [] : chosen !== undefined ? [chosen.flow] : flowsOf(run, node, element, isBody);
  if (isBody) publishLoopOutput(run, node, element);
  if (isItself) publishAdHocOutput(run, node, element);
  inside?.record();
  cancelWaits(run, element.key);
  emit(run, { kind: 'elementCompleted', elementInstanceKey: element.key, elementId: element.elementId });
  for (const flow of flows) takeFlow(run, flow, { scopeKey: element.scopeKey, ...occurrenceOf(chosen) });
  if (isItself && element.loopIndex === null) run.behaviorOf(node).afterComplete?.(run, node, element);
  if (element.scopeKey === null) return;
  inside?.goOn();
  settleScope(run, element.scopeKey);
}

function flowsOf(run: Run, node: FlowNode, element: ElementInstance, isBody: boolean): readonly SequenceFlow[] {
  const behavior = run.behaviorOf(node);
  if (!isBody && behavior.chooseFlows !== undefined) return behavior.chooseFlows(run, node, element);
  return node.outgoing.map((flowId) => run.model.flows.get(flowId)).filter((flow) => flow !== undefined);
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
  if (scope === undefined) return;
  if ((run.inFlight.get(scopeKey) ?? 0) > 0) return;
  if (run.draft.childrenOf(scopeKey).size > 0) return;
  if ((run.draft.waits.get(scopeKey) ?? []).some((wait) => wait.kind === 'token')) {
    reportStrandedTokens(run, scope);
    return;
  }
  if (scope.elementType === 'adHocSubProcess' && !mayAdHocComplete(run, scope)) return;
  if (scope.elementType === 'process') completeInstance(run);
  else completeElement(run, scopeKey);
}

/** Tokens left at a join that nothing can reach any more would keep the scope open for ever without a word. */
function reportStrandedTokens(run: Run, scope: ElementInstance): void {
  const waits = run.draft.waits.get(scope.key) ?? [];
  if (waits.some((wait) => wait.kind === 'incident')) return;
  const token = waits.map((wait) => run.draft.tokens.get(wait.key)).find((candidate) => candidate !== undefined);
  if (token === undefined) return;
  const gateway = nodeById(run, token.elementId);
  const waiting = new Set(
    [...run.draft.tokens.values()]
      .filter((other) => other.scopeKey === scope.key && other.elementId === gateway.id)
      .map((other) => other.flowId),
  );
  const missing = gateway.incoming.filter((flowId) => !waiting.has(flowId));
  raiseIncident(run, scope, {
    type: 'DEADLOCK',
    elementId: gateway.id,
    message:
      `Expected a token on every incoming flow of "${gateway.name || gateway.id}", but nothing can arrive on ` +
      `${missing.join(', ')} any more`,
    retry: { kind: 'settle' },
  });
}
