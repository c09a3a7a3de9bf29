import type { ElementInstance } from '../instance.ts';
import type { Key } from '../key.ts';
import { emit } from './emit.ts';
import type { Run } from './run.ts';

/** Where the records of a scope lie: a scope made anew works off those of the one that completed. */
export function recordScopeOf(scope: ElementInstance): Key {
  return scope.memory?.undoes ?? scope.key;
}

/** Nobody can undo what completed inside this element any more; called processes are told so. */
export function dropRecords(run: Run, element: ElementInstance): void {
  if (element.memory?.compensable === true && element.calledInstanceKey !== null)
    forget(run, element.calledInstanceKey);
  dropRecordsIn(run, element.key);
  if (element.memory?.undoes !== undefined) dropRecordsIn(run, element.memory.undoes);
}

export function dropRecordsIn(run: Run, scopeKey: Key): void {
  if (run.draft.recordsIn(scopeKey).size === 0) return;
  forgetCalled(run, scopeKey);
  emit(run, { kind: 'compensationsDropped', scopeKey });
}

function forgetCalled(run: Run, scopeKey: Key): void {
  for (const key of run.draft.recordsIn(scopeKey).valuesBelow(Infinity)) {
    const record = run.draft.compensations.get(key);
    if (record === undefined) continue;
    if (record.calledInstanceKey !== null) forget(run, record.calledInstanceKey);
    forgetCalled(run, record.elementInstanceKey);
  }
}

function forget(run: Run, processInstanceKey: Key): void {
  run.effects.push({ kind: 'dropCompensations', processInstanceKey });
}
