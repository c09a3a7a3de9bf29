import { assertNever } from '../assert-never.ts';
import { variablesOf } from '../expressions/expression.ts';
import type { ConditionSubscription, ElementInstance } from '../instance.ts';
import type { JsonValue } from '../json.ts';
import type { Key } from '../key.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import type { ConditionalEventDefinition } from '../model/event-definition.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import { waitsForVariables } from '../model/waits-for-variables.ts';
import { emit } from './emit.ts';
import { evaluateValue } from './evaluate-value.ts';
import { lookForInputs } from './look-for-inputs.ts';
import { raiseIncident } from './raise-incident.ts';
import { nodeById, type Run } from './run.ts';
import { Stuck } from './stuck.ts';
import { triggerEvent } from './trigger-event.ts';

/**
 * Conditional events (BPMN 2.0.2 §10.5.5) and activities that wait for their inputs: looked at when a command has come to rest, for every variable it changed, and
 * happening when they turn from false to true. In the same transaction as the change, so none is ever lost.
 * Returns whether any happened, which may change more.
 */
export function fireConditions(run: Run): boolean {
  // While it is suspended none happens; the resume looks at all of them.
  if (run.draft.header.suspendedAt !== null) return false;
  const { names, subscriptions } = run.changed;
  if ((names === null && subscriptions === null) || !waitsForVariables(run.model)) return false;
  run.changed.names = null;
  run.changed.subscriptions = null;
  if (run.draft.subscriptions.size === 0) return false;
  const conditions = [...run.draft.subscriptions.values()].filter((one) => one.kind === 'condition');
  let fired = false;
  for (const { key } of conditions) {
    // An event before this one may have closed it.
    const subscription = run.draft.subscriptions.get(key);
    if (subscription?.kind !== 'condition') continue;
    const node = nodeById(run, subscription.elementId);
    if (isActivity(node)) {
      const isConcerned = names !== null || subscriptions?.has(key) === true;
      fired = (isConcerned && lookForInputs(run, node, subscription)) || fired;
      continue;
    }
    const event = definitionOf(run, subscription);
    if (subscriptions?.has(key) === true || (names !== null && concerns(event, names))) {
      fired = look(run, subscription, event) || fired;
    }
  }
  return fired;
}

/** After an incident: every condition that hangs on this element is looked at again. */
export function lookAgain(run: Run, elementInstanceKey: Key): void {
  for (const { key } of run.draft.waits.get(elementInstanceKey) ?? []) {
    if (run.draft.subscriptions.get(key)?.kind === 'condition') (run.changed.subscriptions ??= new Set()).add(key);
  }
}

function look(run: Run, subscription: ConditionSubscription, event: ConditionalEventDefinition): boolean {
  const host = run.draft.elements.get(subscription.elementInstanceKey);
  if (host === undefined) return false;
  const node = nodeById(run, subscription.elementId);
  const scopeKey = node.type === 'boundaryEvent' ? (host.scopeKey ?? host.key) : host.key;
  if (standsStill(run, subscription)) return false;
  const value = conditionOf(run, { host, node, event, scopeKey });
  const holds = value === true;
  if (value === undefined || holds === subscription.holds) return false;
  const { key, elementId, definitionIndex } = subscription;
  emit(run, { kind: 'conditionChanged', subscriptionKey: key, elementId, holds });
  if (!holds) return false;
  if (subscription.interrupting) emit(run, { kind: 'subscriptionClosed', subscriptionKey: key, elementId });
  triggerEvent(run, { host, elementId, occurrence: { variables: {}, definitionIndex } });
  return true;
}

/** Undefined when it gives no value: an incident at the event says why, and what it sits on goes on. */
function conditionOf(run: Run, { host, node, event, scopeKey }: Looked): JsonValue | undefined {
  try {
    return evaluateValue(run, {
      expression: event.condition,
      scopeKey,
      purpose: `the condition of "${node.name || node.id}"`,
      incident: 'CONDITION_ERROR',
    });
  } catch (reason) {
    if (!(reason instanceof Stuck)) throw reason;
    const { type, message } = reason;
    raiseIncident(run, host, { type, message, elementId: node.id, retry: { kind: 'conditions' } });
    return undefined;
  }
}

interface Looked {
  readonly host: ElementInstance;
  readonly node: FlowNode;
  readonly event: ConditionalEventDefinition;
  readonly scopeKey: Key;
}

function standsStill(run: Run, { elementInstanceKey, elementId }: ConditionSubscription): boolean {
  return (run.draft.waits.get(elementInstanceKey) ?? []).some(({ key }) => {
    const incident = run.draft.incidents.get(key);
    return incident?.retry.kind === 'conditions' && incident.elementId === elementId;
  });
}

function definitionOf(run: Run, { elementId, definitionIndex }: ConditionSubscription): ConditionalEventDefinition {
  const node = nodeById(run, elementId);
  const definition = 'event' in node ? definitionsOf(node.event)[definitionIndex] : undefined;
  if (definition?.kind !== 'conditional') throw new Error(`Expected ${elementId} to wait for a condition`);
  return definition;
}

/** Whether a change of these variables can change what the condition gives. */
function concerns(event: ConditionalEventDefinition, changed: ReadonlyMap<string, 'create' | 'update'>): boolean {
  const names = event.variableNames ?? variablesOf(event.condition);
  return names.some((name) => {
    const change = changed.get(name);
    if (change === undefined) return false;
    switch (change) {
      case 'create':
      case 'update':
        return event.variableEvents?.includes(change) ?? true;
      default:
        return assertNever(change);
    }
  });
}
