import type { ElementInstance, Wait } from '../instance.ts';
import type { Key } from '../key.ts';
import { emit } from './emit.ts';
import { dropRecords } from './drop-records.ts';
import type { Run } from './run.ts';
import { leaveQueue } from './undo-queue.ts';

/**
 * Ends an element instance with everything inside it, innermost first. One routine for every kind of scope. The steps it
 * still had to do stay in the queue, which passes over those of a scope that is gone: looking for them here would cost the
 * square of a loop that ends early.
 */
export function terminateElement(run: Run, elementInstanceKey: Key): void {
  const element = run.draft.elements.get(elementInstanceKey);
  if (element === undefined) return;
  terminateChildren(run, elementInstanceKey);
  if (element.calledInstanceKey !== null && callRuns(run, element)) {
    run.effects.push({ kind: 'cancelCalledInstance', processInstanceKey: element.calledInstanceKey });
  }
  cancelWaits(run, elementInstanceKey);
  endUndoing(run, element);
  dropRecords(run, element);
  emit(run, { kind: 'elementTerminated', elementInstanceKey, elementId: element.elementId });
}

/** With a compensation event goes what it is undoing, which may lie in a scope around; others can then undo theirs. */
function endUndoing(run: Run, element: ElementInstance): void {
  const current = element.memory?.undoing?.current;
  if (current === undefined) return;
  if (current !== null) terminateElement(run, current);
  leaveQueue(run, element);
}

/** A called instance that could not start, or has already answered, is not there to cancel. */
export function callRuns(run: Run, element: ElementInstance): boolean {
  if (element.state === 'completing') return false;
  const incidents = (run.draft.waits.get(element.key) ?? []).map(({ key }) => run.draft.incidents.get(key));
  return !incidents.some((incident) => incident?.retry.kind === 'activate');
}

/** Terminates what lives inside a scope, in the order it began, and drops the tokens that wait there. */
export function terminateChildren(run: Run, scopeKey: Key): void {
  for (const key of [...run.draft.childrenOf(scopeKey).keys()]) terminateElement(run, key);
  dropTokens(run, scopeKey);
}

/** The tokens that wait at the joins of a scope. */
export function dropTokens(run: Run, scopeKey: Key): void {
  for (const wait of run.draft.waits.get(scopeKey) ?? []) {
    const token = wait.kind === 'token' ? run.draft.tokens.get(wait.key) : undefined;
    if (token !== undefined) emit(run, { kind: 'tokenConsumed', token });
  }
}

/** Closes what hangs on an element: its task, job, timers, subscriptions, incidents and those of its boundary events. */
export function cancelWaits(run: Run, elementInstanceKey: Key): void {
  for (const wait of run.draft.waits.get(elementInstanceKey) ?? []) cancelWait(run, wait);
}

export function cancelWait(run: Run, { kind, key }: Wait): void {
  const { draft } = run;
  switch (kind) {
    case 'userTask':
      emit(run, { kind: 'userTaskCanceled', userTaskKey: key, elementId: draft.userTasks.get(key)?.elementId ?? '' });
      break;
    case 'job':
      emit(run, { kind: 'jobCanceled', jobKey: key, elementId: draft.jobs.get(key)?.elementId ?? '' });
      break;
    case 'timer':
      emit(run, { kind: 'timerCanceled', timerKey: key, elementId: draft.timers.get(key)?.elementId ?? '' });
      break;
    case 'subscription':
      emit(run, {
        kind: 'subscriptionClosed',
        subscriptionKey: key,
        elementId: draft.subscriptions.get(key)?.elementId ?? '',
      });
      break;
    case 'incident':
      emit(run, { kind: 'incidentResolved', incidentKey: key, elementId: draft.incidents.get(key)?.elementId ?? '' });
      break;
    case 'token':
      break;
  }
}
