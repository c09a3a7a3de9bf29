import type { CommandOfKind } from '../command.ts';
import type { ElementInstance, Timer } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import { assertNever } from '../assert-never.ts';
import { completeElement } from '../behaviors/complete-element.ts';
import { breachDeadline, warnOfDeadline } from '../behaviors/meet-deadline.ts';
import { emit } from '../behaviors/emit.ts';
import { takeResult } from '../behaviors/map-variables.ts';
import { Refusal } from '../behaviors/refusal.ts';
import { nodeById, schedule, type Run } from '../behaviors/run.ts';
import { planNextFire, scheduleTimer } from '../behaviors/schedule-timer.ts';
import { terminateElement } from '../behaviors/terminate-element.ts';

export function fireTimer(run: Run, command: CommandOfKind<'fireTimer'>): void {
  const timer = run.draft.timers.get(command.timerKey);
  if (timer === undefined) {
    throw new Refusal('NOT_FOUND', `Expected an open timer ${command.timerKey}, but it has fired or was canceled`);
  }
  if (timer.dueAt > run.now) {
    throw new Refusal('INVALID_STATE', `Expected timer ${timer.key} to be due, but it is due at ${timer.dueAt}`);
  }
  const host = run.draft.elements.get(timer.elementInstanceKey);
  if (host === undefined) return;
  emit(run, { kind: 'timerFired', timerKey: timer.key, elementId: timer.elementId });
  switch (timer.purpose) {
    case 'deadlineWarning':
      warnOfDeadline(run, host);
      return;
    case 'deadlineBreach':
      breachDeadline(run, host);
      return;
    case 'event':
      fireEvent(run, timer, host);
      return;
    default:
      assertNever(timer.purpose);
  }
}

export function correlateMessage(run: Run, command: CommandOfKind<'correlateMessage'>): void {
  const subscription = run.draft.subscriptions.get(command.subscriptionKey);
  if (subscription === undefined) {
    throw new Refusal('NOT_FOUND', `Expected an open message subscription ${command.subscriptionKey}`);
  }
  const host = run.draft.elements.get(subscription.elementInstanceKey);
  if (host === undefined) return;
  emit(run, {
    kind: 'messageCorrelated',
    subscriptionKey: subscription.key,
    elementId: subscription.elementId,
    messageName: subscription.messageName,
    messageKey: command.messageKey,
    closes: subscription.interrupting,
  });
  trigger(run, { host, elementId: subscription.elementId, variables: command.variables });
}

function fireEvent(run: Run, timer: Timer, host: ElementInstance): void {
  const node = nodeById(run, timer.elementId);
  const interrupting = node.type !== 'boundaryEvent' || node.interrupting;
  const next = interrupting ? null : planNextFire(run, timer);
  if (next !== null) scheduleTimer(run, host.key, timer.elementId, next);
  trigger(run, { host, elementId: timer.elementId, variables: {} });
}

interface Trigger {
  readonly host: ElementInstance;
  readonly elementId: string;
  readonly variables: VariableMap;
}

/** What an event that happened does: a catch event goes on, a boundary event starts its path beside or instead of its host. */
function trigger(run: Run, { host, elementId, variables }: Trigger): void {
  const node = nodeById(run, elementId);
  if (node.type !== 'boundaryEvent') {
    takeResult(run, node, host, variables);
    completeElement(run, host.key);
    return;
  }
  if (host.scopeKey === null) return;
  startBoundary(run, node.id, { scopeKey: host.scopeKey, variables });
  if (node.interrupting) terminateElement(run, host.key);
}

function startBoundary(
  run: Run,
  nodeId: string,
  { scopeKey, variables }: { readonly scopeKey: Key; readonly variables: VariableMap },
): void {
  schedule(run, { kind: 'activate', scopeKey, nodeId, variables });
}
