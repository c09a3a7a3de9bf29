import type { CommandOfKind } from '../command.ts';
import type { ElementInstance, Subscription, Timer } from '../instance.ts';
import type { Key } from '../key.ts';
import { assertNever } from '../assert-never.ts';
import { breachDeadline, warnOfDeadline } from '../behaviors/meet-deadline.ts';
import { emit } from '../behaviors/emit.ts';
import { receiveSignal } from '../behaviors/hear-signal.ts';
import { Refusal } from '../behaviors/refusal.ts';
import { nodeById, type Run } from '../behaviors/run.ts';
import { planNextFire, scheduleTimer } from '../behaviors/schedule-timer.ts';
import { triggerEvent } from '../behaviors/trigger-event.ts';
import { isMissed } from '../time/timer-cycle.ts';

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
  if (timer.cycle !== null && isMissed(timer.cycle, timer.dueAt, run.now) && skip(run, timer, host)) return;
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
  const { subscription, host } = openSubscription(run, command.subscriptionKey, 'message');
  emit(run, {
    kind: 'messageCorrelated',
    subscriptionKey: subscription.key,
    elementId: subscription.elementId,
    messageName: subscription.messageName,
    messageKey: command.messageKey,
    closes: subscription.interrupting,
  });
  const occurrence = { variables: command.variables, definitionIndex: 0 };
  triggerEvent(run, { host, elementId: subscription.elementId, occurrence });
}

export function triggerSignal(run: Run, command: CommandOfKind<'triggerSignal'>): void {
  receiveSignal(run, openSubscription(run, command.subscriptionKey, 'signal'), command.variables);
}

function openSubscription<K extends Subscription['kind']>(
  run: Run,
  key: Key,
  kind: K,
): { readonly subscription: Extract<Subscription, { kind: K }>; readonly host: ElementInstance } {
  const subscription = run.draft.subscriptions.get(key);
  const host = subscription === undefined ? undefined : run.draft.elements.get(subscription.elementInstanceKey);
  if (subscription?.kind === kind && host !== undefined) {
    return { subscription: subscription as Extract<Subscription, { kind: K }>, host };
  }
  throw new Refusal('NOT_FOUND', `Expected an open ${kind} subscription ${key}`);
}

/** A fire that was missed is passed over; the last of a cycle is not, where the instance would wait for it for ever. */
function skip(run: Run, timer: Timer, host: ElementInstance): boolean {
  const next = planNextFire(run, timer);
  if (next === null && !repeats(run, timer)) return false;
  emit(run, { kind: 'timerSkipped', timerKey: timer.key, elementId: timer.elementId });
  if (next !== null) scheduleTimer(run, host.key, timer.elementId, next);
  return true;
}

function repeats(run: Run, { elementId }: Timer): boolean {
  const node = nodeById(run, elementId);
  return (node.type === 'boundaryEvent' || node.type === 'startEvent') && !node.interrupting;
}

function fireEvent(run: Run, timer: Timer, host: ElementInstance): void {
  const next = repeats(run, timer) ? planNextFire(run, timer) : null;
  if (next !== null) scheduleTimer(run, host.key, timer.elementId, next);
  triggerEvent(run, { host, elementId: timer.elementId, occurrence: { variables: {}, definitionIndex: 0 } });
}
