import type { HistoryEventOfKind } from '../history-event.ts';
import type { InstanceDraft } from '../instance-draft.ts';
import type { Key } from '../key.ts';

export function instanceStarted(draft: InstanceDraft, event: HistoryEventOfKind<'instanceStarted'>): void {
  draft.header = event.header;
}

export function instanceCompleted(draft: InstanceDraft, at: number): void {
  draft.header = { ...draft.header, state: 'completed', endedAt: at, suspendedAt: null };
}

export function instanceTerminated(draft: InstanceDraft, at: number): void {
  draft.header = { ...draft.header, state: 'terminated', endedAt: at, suspendedAt: null };
}

/** `at`: since when; null when it goes on. */
export function instanceSuspended(draft: InstanceDraft, at: number | null): void {
  draft.header = { ...draft.header, suspendedAt: at };
}

export function instanceReopened(draft: InstanceDraft, event: HistoryEventOfKind<'instanceReopened'>): void {
  draft.header = { ...draft.header, state: 'active', endedAt: null, parent: event.parent };
}

export function elementActivated(draft: InstanceDraft, event: HistoryEventOfKind<'elementActivated'>): void {
  draft.addElement(event.element);
}

export function elementCompleting(draft: InstanceDraft, event: HistoryEventOfKind<'elementCompleting'>): void {
  draft.updateElement(event.elementInstanceKey, { state: 'completing' });
}

export function elementCompensating(draft: InstanceDraft, event: HistoryEventOfKind<'elementCompensating'>): void {
  draft.updateElement(event.elementInstanceKey, { state: 'compensating' });
}

/** With everything inside what was recorded there. */
export function compensationsDropped(draft: InstanceDraft, event: { readonly scopeKey: Key }): void {
  for (const key of [...draft.recordsIn(event.scopeKey).valuesBelow(Infinity)]) {
    const record = draft.compensations.get(key);
    if (record === undefined) continue;
    draft.removeRecord(key);
    compensationsDropped(draft, { scopeKey: record.elementInstanceKey });
  }
}

export function elementRemembered(draft: InstanceDraft, event: HistoryEventOfKind<'elementRemembered'>): void {
  const memory = draft.elements.get(event.elementInstanceKey)?.memory;
  draft.updateElement(event.elementInstanceKey, { memory: { ...memory, ...event.memory } });
}

export function elementCompleted(draft: InstanceDraft, event: HistoryEventOfKind<'elementCompleted'>): void {
  draft.removeElement(event.elementInstanceKey);
}

export function elementTerminated(draft: InstanceDraft, event: HistoryEventOfKind<'elementTerminated'>): void {
  draft.removeElement(event.elementInstanceKey);
}

export function tokenArrived(draft: InstanceDraft, { token }: HistoryEventOfKind<'tokenArrived'>): void {
  draft.tokens.set(token.key, token);
  draft.addWait(token.scopeKey, 'token', token.key);
}

export function tokenConsumed(draft: InstanceDraft, { token }: HistoryEventOfKind<'tokenConsumed'>): void {
  draft.tokens.delete(token.key);
  draft.removeWait(token.scopeKey, token.key);
}

export function loopStarted(draft: InstanceDraft, event: HistoryEventOfKind<'loopStarted'>): void {
  const { elementInstanceKey: key, total, items } = event;
  draft.updateElement(key, { loop: { total, completed: 0 } });
  if (items !== null) draft.loopItems.set(key, { key, items });
}

export function loopIterationCompleted(
  draft: InstanceDraft,
  event: HistoryEventOfKind<'loopIterationCompleted'>,
): void {
  const body = draft.elements.get(event.bodyKey);
  if (body === undefined || body.loop === null) return;
  draft.updateElement(body.key, { loop: { total: body.loop.total, completed: body.loop.completed + 1 } });
  if (event.result !== null) draft.addLoopResult(event.result);
}

export function calledInstanceStarted(draft: InstanceDraft, event: HistoryEventOfKind<'calledInstanceStarted'>): void {
  draft.updateElement(event.elementInstanceKey, { calledInstanceKey: event.processInstanceKey });
}
