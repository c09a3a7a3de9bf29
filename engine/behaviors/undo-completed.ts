import type { CompensationRecord, ElementInstance, ElementMemory, Occurrence, Undoing } from '../instance.ts';
import type { Key } from '../key.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import { activateElement, enterElement } from './activate-element.ts';
import { attempt } from './attempt.ts';
import { concludeCancel } from './cancel-transaction.ts';
import { completeInstance } from './complete-instance.ts';
import { dropRecords, recordScopeOf } from './drop-records.ts';
import { emit } from './emit.ts';
import { catchesAround } from './find-catcher.ts';
import { compensationSubProcessOf } from './record-completion.ts';
import { nodeById, planById, takeKey, type Run } from './run.ts';
import { throwEvent } from './throw-event.ts';
import { goOnUndoing, isBehindAnother, leaveQueue, remember, scopesUndoneBy } from './undo-queue.ts';
import { setLocalVariables } from './write-variables.ts';

/**
 * Undoes the last thing that completed and is not undone yet, for a compensation event or a scope (BPMN 2.0.2 §13.5.5);
 * called again when that is undone, so that one follows another in strictly reverse order.
 */
export function undoNext(run: Run, driverKey: Key): void {
  const driver = run.draft.elements.get(driverKey);
  const undoing = driver?.memory?.undoing;
  if (driver === undefined || undoing === undefined || driver.state === 'completing') return;
  if (undoing.current !== null && run.draft.elements.has(undoing.current)) return;
  if (isBehindAnother(run, driver)) return;
  const next = lastCompleted(run, driver, undoing);
  if (next === null) endUndoing(run, driver);
  else undo(run, next, { driver, undoing });
}

/** What a driver waited for is undone: it goes, and the driver goes on. */
export function endUndone(run: Run, element: ElementInstance): void {
  emit(run, { kind: 'elementCompleted', elementInstanceKey: element.key, elementId: element.elementId });
  if (element.memory?.undoneFor !== undefined) goOnUndoing(run, element.memory.undoneFor);
}

interface Completed {
  readonly record: CompensationRecord;
  /** The live scope in which it is undone. */
  readonly scope: ElementInstance;
}

function lastCompleted(run: Run, driver: ElementInstance, { before, activityId }: Undoing): Completed | null {
  let last: Completed | null = null;
  for (const scope of scopesUndoneBy(run, driver)) {
    for (const key of run.draft.recordsIn(recordScopeOf(scope)).valuesBelow(before)) {
      const record = run.draft.compensations.get(key);
      if (record === undefined || (activityId !== null && record.elementId !== activityId)) continue;
      if (last === null || record.key > last.record.key) last = { record, scope };
      break;
    }
  }
  return last;
}

interface Undoer {
  readonly driver: ElementInstance;
  readonly undoing: Undoing;
}

function undo(run: Run, { record, scope }: Completed, { driver, undoing }: Undoer): void {
  emit(run, { kind: 'compensationStarted', recordKey: record.key, elementId: record.elementId });
  if (record.handlerId !== null) {
    const memory = { undoneFor: driver.key };
    const begin = { scopeKey: scope.key, nodeId: record.handlerId, memory };
    activateUndoing(run, begin, (current) => remember(run, driver, { undoing: { ...undoing, current } }));
    return;
  }
  const key = takeKey(run);
  const anew = makeAnew(run, record, { key, scopeKey: scope.key, undoneFor: driver.key });
  remember(run, driver, { undoing: { ...undoing, current: anew.key } });
  if (record.calledInstanceKey === null) {
    undoScope(run, anew);
    return;
  }
  run.effects.push({
    kind: 'compensateCalledInstance',
    processInstanceKey: record.calledInstanceKey,
    elementInstanceKey: anew.key,
    catches: catchesAround(run, anew.key),
  });
}

/** Makes a completed scope anew, with its variables as they were when it completed. */
export function makeAnew(
  run: Run,
  record: CompensationRecord,
  place: { readonly key: Key; readonly scopeKey: Key | null; readonly undoneFor?: Key },
): ElementInstance {
  const { key, scopeKey, undoneFor } = place;
  const { elementId, elementType, calledInstanceKey } = record;
  const element: ElementInstance = {
    key,
    elementId,
    elementType,
    scopeKey,
    state: 'compensating',
    startedAt: run.now,
    loop: null,
    loopIndex: null,
    calledInstanceKey,
    memory: { ...(undoneFor === undefined ? {} : { undoneFor }), undoes: record.elementInstanceKey },
  };
  emit(run, { kind: 'elementActivated', element });
  setLocalVariables(run, key, record.snapshot ?? {});
  return element;
}

/** Its compensation event sub-process undoes it; without one, everything in it is undone in reverse order. */
export function undoScope(run: Run, scope: ElementInstance): void {
  const handler = compensationSubProcessOf(run, scope);
  if (handler === undefined) {
    remember(run, scope, { undoing: { before: run.draft.historyLength + 1, activityId: null, current: null } });
    goOnUndoing(run, scope.key);
    return;
  }
  // Nothing lies before 0: when the event sub-process is done, so is the scope.
  const undoing = { before: 0, activityId: null };
  const occurrence = { variables: {}, definitionIndex: 0, eventId: handler.start.id };
  const memory = { undoneFor: scope.key };
  const begin = { scopeKey: scope.key, nodeId: handler.eventSubProcess.id, memory, occurrence };
  activateUndoing(run, begin, (current) => remember(run, scope, { undoing: { ...undoing, current } }));
}

interface Beginning {
  readonly scopeKey: Key;
  readonly nodeId: string;
  readonly memory: ElementMemory;
  readonly occurrence?: Occurrence;
}

/** `tell` runs before the element is entered, because it may be done at once. */
function activateUndoing(run: Run, begin: Beginning, tell: (current: Key) => void): void {
  const plan = planById(run, begin.nodeId);
  const element = activateElement(run, plan, begin);
  tell(element.key);
  const entry = begin.occurrence === undefined ? {} : { occurrence: begin.occurrence };
  attempt(run, element, { kind: 'activate', ...entry }, () => enterElement(run, plan, element, entry));
}

/** One definition of a compensation event is done: the next of them, or the event completes. */
function endThrow(run: Run, driver: ElementInstance): void {
  const node = nodeById(run, driver.elementId);
  if (node.type !== 'intermediateThrowEvent' && node.type !== 'endEvent')
    throw new Error(`Expected ${node.id} to throw`);
  const left = definitionsOf(node.event).slice(driver.memory?.undoing?.next);
  if (!left.some(({ kind }) => kind === 'compensate')) leaveQueue(run, driver);
  attempt(run, driver, { kind: 'activate' }, () => throwEvent(run, node, driver));
}

function endUndoing(run: Run, driver: ElementInstance): void {
  if (driver.state !== 'compensating') {
    endThrow(run, driver);
    return;
  }
  if (driver.memory?.canceled === true) {
    concludeCancel(run, driver);
    return;
  }
  if (driver.scopeKey === null) {
    completeInstance(run);
    return;
  }
  // What the event sub-process has not undone will never be.
  dropRecords(run, driver);
  endUndone(run, driver);
}
