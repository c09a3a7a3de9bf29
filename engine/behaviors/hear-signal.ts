import type { ElementInstance, Subscription } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import { emit } from './emit.ts';
import { countVisit } from './flight.ts';
import type { Run } from './run.ts';
import { Stuck } from './stuck.ts';
import { triggerEvent } from './trigger-event.ts';

type SignalSubscription = Extract<Subscription, { kind: 'signal' }>;

/** An event that hears itself throw goes round for ever without a wait. */
const HEARD_LIMIT = 1_000;

/**
 * A signal reaches the waits of its own instance where it is thrown, as an error or an escalation does: an end event of a
 * sub-process is heard at the border of it, which is gone a step later (BPMN 2.0.2 §10.5.1). One delivery may close the wait
 * of another. The shell carries it to all others. Looks who waits; the answer delivers.
 */
export function planHearing(run: Run, name: string): (variables: VariableMap) => void {
  const waiting = [...run.draft.subscriptions.values()].filter(
    (one): one is SignalSubscription => one.kind === 'signal' && one.signalName === name,
  );
  for (const { elementInstanceKey, elementId } of waiting) {
    if (!countVisit(run.flights.of(elementInstanceKey), elementId, HEARD_LIMIT)) continue;
    throw new Stuck(
      'STEP_LIMIT_EXCEEDED',
      `Expected a wait on the way back to "${elementId}", but signal "${name}" reached it ${HEARD_LIMIT} times in one go`,
    );
  }
  return (variables) => {
    for (const { key } of waiting) {
      const subscription = run.draft.subscriptions.get(key);
      const host = subscription === undefined ? undefined : run.draft.elements.get(subscription.elementInstanceKey);
      if (subscription?.kind === 'signal' && host !== undefined) receiveSignal(run, { subscription, host }, variables);
    }
  };
}

export function receiveSignal(
  run: Run,
  { subscription, host }: { readonly subscription: SignalSubscription; readonly host: ElementInstance },
  variables: VariableMap,
): void {
  emit(run, {
    kind: 'signalReceived',
    subscriptionKey: subscription.key,
    elementId: subscription.elementId,
    signalName: subscription.signalName,
    closes: subscription.interrupting,
  });
  triggerEvent(run, { host, elementId: subscription.elementId, occurrence: { variables, definitionIndex: 0 } });
}
