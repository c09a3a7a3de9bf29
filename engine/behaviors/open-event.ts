import { assertNever } from '../assert-never.ts';
import type { ElementInstance } from '../instance.ts';
import type { Key } from '../key.ts';
import type { ConditionalEventDefinition, EventDefinition, SignalEventDefinition } from '../model/event-definition.ts';
import type { Activity, MessageDefinition } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateText, evaluateValue, mismatch } from './evaluate-value.ts';
import { nodeById, takeKey, type Run } from './run.ts';
import { planTimer, scheduleTimer } from './schedule-timer.ts';

/** Where a wait hangs and whose it is. */
export interface WaitPlace {
  /** The element instance it hangs on. */
  readonly host: ElementInstance;
  /** Where its expressions are evaluated. */
  readonly scopeKey: Key;
  /** The event's id. */
  readonly elementId: string;
  /** Whether it closes when it happens. */
  readonly interrupting: boolean;
}

/** Opens the timers and subscriptions of the boundary events; all expressions first, so that none is left half-open. */
export function openBoundaryEvents(run: Run, activity: Activity, host: ElementInstance): void {
  const openings = activity.boundaryEventIds.map((id) => planBoundary(run, id, host));
  for (const open of openings) open();
}

/** Evaluated in the scope around the host: a boundary event does not see the host's local variables (Camunda 8). */
export function planBoundary(run: Run, eventId: string, host: ElementInstance): () => void {
  const node = nodeById(run, eventId);
  if (node.type !== 'boundaryEvent') throw new Error(`Expected ${eventId} to be a boundary event`);
  const { event, interrupting } = node;
  return planWait(run, event, { host, scopeKey: host.scopeKey ?? host.key, elementId: eventId, interrupting });
}

/**
 * Evaluates what an event waits for; the answer opens it. Errors, escalations, compensation and cancellation are found by
 * search when they are thrown (§13.5), so there is nothing to open for them.
 */
export function planWait(run: Run, event: EventDefinition, place: WaitPlace): () => void {
  if (event.kind !== 'multiple') return planDefinition(run, event, { ...place, definitionIndex: 0 });
  // Of several that must all happen, each closes when it has.
  const interrupting = place.interrupting || event.parallel;
  const openings = event.definitions.map((definition, definitionIndex) =>
    planDefinition(run, definition, { ...place, interrupting, definitionIndex }),
  );
  return () => {
    for (const open of openings) open();
  };
}

export interface DefinitionPlace extends WaitPlace {
  /** Its place in a multiple event; 0 in a single one. */
  readonly definitionIndex: number;
}

export function planDefinition(run: Run, event: EventDefinition, place: DefinitionPlace): () => void {
  switch (event.kind) {
    case 'timer': {
      const plan = planTimer(run, event.timer, place.scopeKey);
      return () => scheduleTimer(run, place.host.key, place.elementId, plan);
    }
    case 'message':
      return planSubscription(run, event.message, place);
    case 'signal':
      return planSignal(run, event, place);
    case 'conditional':
      return planCondition(run, event, place);
    case 'none':
    case 'error':
    case 'escalation':
    case 'compensate':
    case 'cancel':
    case 'link':
    case 'terminate':
    case 'multiple':
      return () => undefined;
    default:
      return assertNever(event);
  }
}

/** Evaluates name and correlation key once, when the subscription opens; a null key is an incident. */
export function planSubscription(run: Run, message: MessageDefinition, place: WaitPlace): () => void {
  const { scopeKey } = place;
  const messageName = evaluateText(run, { expression: message.name, scopeKey, purpose: 'the message name' });
  const correlationKey = correlationKeyOf(run, message, scopeKey);
  return () =>
    emit(run, {
      kind: 'subscriptionOpened',
      subscription: { kind: 'message', ...opening(run, place), messageName, correlationKey },
    });
}

function planSignal(run: Run, { name }: SignalEventDefinition, place: WaitPlace): () => void {
  const signalName = evaluateText(run, { expression: name, scopeKey: place.scopeKey, purpose: 'the signal name' });
  return () =>
    emit(run, { kind: 'subscriptionOpened', subscription: { kind: 'signal', ...opening(run, place), signalName } });
}

/** Looked at as soon as the command comes to rest: what holds already when the wait begins happens at once. */
function planCondition(run: Run, event: ConditionalEventDefinition, place: DefinitionPlace): () => void {
  evaluateValue(run, {
    expression: event.condition,
    scopeKey: place.scopeKey,
    purpose: `the condition of "${place.elementId}"`,
    incident: 'CONDITION_ERROR',
  });
  return () => {
    const { definitionIndex } = place;
    const subscription = { kind: 'condition', ...opening(run, place), definitionIndex, holds: false } as const;
    emit(run, { kind: 'subscriptionOpened', subscription });
    (run.changed.subscriptions ??= new Set()).add(subscription.key);
  };
}

function opening(run: Run, { host, elementId, interrupting }: WaitPlace) {
  return { key: takeKey(run), elementInstanceKey: host.key, elementId, interrupting, openedAt: run.now };
}

/** A text, or a number as text; anything else cannot correlate. */
export function correlationKeyOf(run: Run, message: MessageDefinition, scopeKey: Key): string {
  if (message.byConversation === true) return conversationOf(run);
  if (message.correlationKey === undefined) return '';
  const request = { expression: message.correlationKey, scopeKey, purpose: 'the correlation key' };
  const value = evaluateValue(run, request);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw mismatch(run, request, { expected: 'a text or a number', value });
}

/** Those whom messages or calls have started talk under the key of the instance that began (ADR 0009). */
function conversationOf({ draft: { header } }: Run): string {
  return header.conversationKey ?? String(header.rootProcessInstanceKey);
}
