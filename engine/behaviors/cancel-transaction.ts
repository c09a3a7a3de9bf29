import type { ElementInstance } from '../instance.ts';
import type { Key } from '../key.ts';
import { isActivity } from '../model/process-model.ts';
import { recordScopeOf } from './drop-records.ts';
import { emit } from './emit.ts';
import { scopeChain } from './read-variables.ts';
import { dropPending, nodeById, schedule, type Run } from './run.ts';
import { cancelWaits, dropTokens, terminateElement } from './terminate-element.ts';
import { goOnUndoing, remember } from './undo-queue.ts';

/**
 * A cancel end event was reached (BPMN 2.0.2 §10.3.5, §13.3.4): the transaction around it stops where it stands, what has
 * completed in it is undone, and then its cancel boundary event takes over. One iteration of a loop cancels them all.
 */
export function cancelTransaction(run: Run, scopeKey: Key): void {
  const transaction = transactionAround(run, scopeKey);
  if (transaction === null || transaction.state === 'compensating') return;
  const body = transaction.loopIndex === null ? null : transaction.scopeKey;
  const whole = body === null ? transaction : run.draft.elements.get(body);
  if (whole === undefined) return;
  stop(run, whole);
  const undoing = { before: run.draft.historyLength + 1, activityId: null, current: null };
  remember(run, whole, { canceled: true, undoing });
  goOnUndoing(run, whole.key);
}

/** Everything is undone: the transaction goes, and its cancel boundary event takes over; without one its token ends here. */
export function concludeCancel(run: Run, transaction: ElementInstance): void {
  activateBoundary(run, transaction);
  terminateElement(run, transaction.key);
  const { undoneFor } = transaction.memory ?? {};
  if (undoneFor !== undefined) goOnUndoing(run, undoneFor);
}

function activateBoundary(run: Run, { elementId, scopeKey }: ElementInstance): void {
  const node = nodeById(run, elementId);
  const boundary = (isActivity(node) ? node.boundaryEventIds : [])
    .map((id) => nodeById(run, id))
    .find((event) => event.type === 'boundaryEvent' && event.event.kind === 'cancel');
  if (boundary === undefined || scopeKey === null) return;
  const occurrence = { variables: {}, definitionIndex: 0 };
  schedule(run, { kind: 'activate', scopeKey, node: boundary, occurrence });
}

/** Ends what is active in a scope and what waits on it; scopes in which something has completed stay, to be undone in. */
function stop(run: Run, scope: ElementInstance): void {
  dropPending(run, scope.key);
  for (const key of [...run.draft.childrenOf(scope.key).keys()]) {
    const child = run.draft.elements.get(key);
    if (child !== undefined && holdsRecords(run, child)) stop(run, child);
    else terminateElement(run, key);
  }
  dropTokens(run, scope.key);
  cancelWaits(run, scope.key);
  if (scope.state === 'compensating') return;
  emit(run, { kind: 'elementCompensating', elementInstanceKey: scope.key, elementId: scope.elementId });
}

/** What a handler has done so far is not undone: it goes with the rest that is active. */
function holdsRecords(run: Run, element: ElementInstance): boolean {
  if (element.state !== 'compensating' && element.memory?.undoneFor !== undefined) return false;
  if (run.draft.recordsIn(recordScopeOf(element)).size > 0) return true;
  return [...run.draft.childrenOf(element.key).keys()].some((key) => {
    const child = run.draft.elements.get(key);
    return child !== undefined && holdsRecords(run, child);
  });
}

function transactionAround(run: Run, scopeKey: Key): ElementInstance | null {
  for (const key of scopeChain(run, scopeKey)) {
    const element = run.draft.elements.get(key);
    if (element?.elementType === 'transaction') return element;
  }
  return null;
}
