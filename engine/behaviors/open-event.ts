import type { ElementInstance } from '../instance.ts';
import type { Activity, FlowNode, MessageDefinition } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateText, evaluateValue, mismatch } from './evaluate-value.ts';
import { nodeById, takeKey, type Run } from './run.ts';
import { planTimer, scheduleTimer } from './schedule-timer.ts';

/** Opens the timers and subscriptions of the boundary events; all expressions first, so that none is left half-open. */
export function openBoundaryEvents(run: Run, activity: Activity, host: ElementInstance): void {
  if (hasOpenBoundary(run, activity, host)) return;
  const openings = activity.boundaryEventIds.map((id) => planBoundary(run, nodeById(run, id), host));
  for (const open of openings) open();
}

/** A retried activation must not open them twice. */
function hasOpenBoundary(run: Run, activity: Activity, host: ElementInstance): boolean {
  return (run.draft.waits.get(host.key) ?? []).some(({ kind, key }) => {
    const wait = kind === 'timer' ? run.draft.timers.get(key) : run.draft.subscriptions.get(key);
    return wait !== undefined && activity.boundaryEventIds.includes(wait.elementId);
  });
}

function planBoundary(run: Run, node: FlowNode, host: ElementInstance): () => void {
  if (node.type !== 'boundaryEvent') throw new Error(`Expected ${node.id} to be a boundary event`);
  // Evaluated in the scope around the host: a boundary event does not see the host's local variables (Camunda 8).
  const scopeKey = host.scopeKey ?? host.key;
  switch (node.event.kind) {
    case 'timer': {
      const plan = planTimer(run, node.event.timer, scopeKey);
      return () => scheduleTimer(run, host.key, node.id, plan);
    }
    case 'message':
      return planSubscription(run, node.event.message, {
        host,
        scopeKey,
        elementId: node.id,
        interrupting: node.interrupting,
      });
    case 'error':
      return () => undefined;
  }
}

export interface SubscriptionOptions {
  readonly host: ElementInstance;
  readonly scopeKey: number;
  readonly elementId: string;
  readonly interrupting: boolean;
}

/** Evaluates name and correlation key once, when the subscription opens; a null key is an incident. */
export function planSubscription(run: Run, message: MessageDefinition, options: SubscriptionOptions): () => void {
  const { scopeKey } = options;
  const messageName = evaluateText(run, { expression: message.name, scopeKey, purpose: 'the message name' });
  const correlationKey = correlationKeyOf(run, message, scopeKey);
  return () =>
    emit(run, {
      kind: 'subscriptionOpened',
      subscription: {
        key: takeKey(run),
        elementInstanceKey: options.host.key,
        elementId: options.elementId,
        messageName,
        correlationKey,
        interrupting: options.interrupting,
        openedAt: run.now,
      },
    });
}

/** A text, or a number as text; anything else cannot correlate. */
export function correlationKeyOf(run: Run, message: MessageDefinition, scopeKey: number): string {
  if (message.correlationKey === undefined) return '';
  const request = { expression: message.correlationKey, scopeKey, purpose: 'the correlation key' };
  const value = evaluateValue(run, request);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw mismatch(request, 'a text or a number', value);
}
