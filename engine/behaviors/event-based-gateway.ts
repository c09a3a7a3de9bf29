import type { ElementInstance, Occurrence } from '../instance.ts';
import type { EventBasedGateway, FlowNode } from '../model/process-model.ts';
import { outgoingOf } from './choose-flows.ts';
import { completeElement, takeFlow } from './complete-element.ts';
import { planSubscription, planWait, type WaitPlace } from './open-event.ts';
import type { Way } from './process-plan.ts';
import { nodeById, type Run } from './run.ts';
import { cancelWait } from './terminate-element.ts';

/** Opens what each event behind the gateway waits for, on the gateway; `happened` names one that need not wait any more. */
export function openEventsBehind(
  run: Run,
  gateway: EventBasedGateway,
  { element, happened }: { readonly element: ElementInstance; readonly happened?: string },
): void {
  const openings = gateway.outgoing
    .map((flowId) => run.model.flows.get(flowId)?.targetId ?? '')
    .filter((targetId) => targetId !== happened)
    .map((targetId) => {
      const place: WaitPlace = { host: element, scopeKey: element.key, elementId: targetId, interrupting: true };
      const target = nodeById(run, targetId);
      if (target.type === 'receiveTask') return planSubscription(run, target.message, place);
      if (target.type === 'intermediateCatchEvent') return planWait(run, target.event, place);
      throw new Error(`Expected ${targetId} to be an event behind ${gateway.id}`);
    });
  for (const open of openings) open();
}

/**
 * An event behind the gateway has happened (BPMN 2.0.2 §13.4.4): the token takes its way and every other wait closes. A
 * parallel instantiating gateway goes on waiting for the rest (§10.6.6).
 */
export function happenBehindGateway(
  run: Run,
  {
    gateway,
    node,
    occurrence,
  }: { readonly gateway: ElementInstance; readonly node: FlowNode; readonly occurrence: Occurrence },
): void {
  const model = nodeById(run, gateway.elementId);
  if (model.type !== 'eventBasedGateway') throw new Error(`Expected ${gateway.elementId} to be an event-based gateway`);
  const flow = flowTo(run, model, node);
  if (!model.parallel) {
    completeElement(run, gateway.key, { chosen: { flow, occurrence } });
    return;
  }
  for (const wait of run.draft.waits.get(gateway.key) ?? []) {
    const row = run.draft.timers.get(wait.key) ?? run.draft.subscriptions.get(wait.key);
    if (row?.elementId === node.id) cancelWait(run, wait);
  }
  const isLast = (run.draft.waits.get(gateway.key) ?? []).length === 0;
  if (isLast) completeElement(run, gateway.key, { chosen: { flow, occurrence } });
  else takeFlow(run, flow, gateway.scopeKey, occurrence);
}

function flowTo(run: Run, gateway: EventBasedGateway, node: FlowNode): Way {
  const flow = outgoingOf(run, gateway).find(({ targetId }) => targetId === node.id);
  if (flow === undefined) throw new Error(`Expected a flow from ${gateway.id} to ${node.id}`);
  return flow;
}
