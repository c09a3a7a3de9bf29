import type { CommandOfKind } from '../command.ts';
import type { CompensationRecord } from '../instance.ts';
import { dropRecordsIn } from '../behaviors/drop-records.ts';
import { emit } from '../behaviors/emit.ts';
import { Refusal } from '../behaviors/refusal.ts';
import type { Run } from '../behaviors/run.ts';
import { makeAnew, undoScope } from '../behaviors/undo-completed.ts';

/** A completed child undoes itself, with its variables as they were when it completed, and then answers its caller. */
export function compensateInstance(run: Run, command: CommandOfKind<'compensateInstance'>): void {
  const { parent, record } = keptProcess(run);
  const { elementInstanceKey, catches } = command;
  emit(run, { kind: 'instanceReopened', parent: { ...parent, elementInstanceKey, catches } });
  emit(run, { kind: 'compensationStarted', recordKey: record.key, elementId: record.elementId });
  undoScope(run, makeAnew(run, record, { key: record.elementInstanceKey, scopeKey: null }));
}

/** Nobody can ask a completed child to undo itself any more. */
export function dropCompensations(run: Run): void {
  dropRecordsIn(run, keptProcess(run).record.scopeKey);
}

/** A called process that has completed is kept under the call activity it answered. */
function keptProcess(run: Run) {
  const { parent, processInstanceKey, state } = run.draft.header;
  const [key] = parent === null ? [] : run.draft.recordsIn(parent.elementInstanceKey).valuesBelow(Infinity);
  const record: CompensationRecord | undefined = key === undefined ? undefined : run.draft.compensations.get(key);
  if (state === 'completed' && parent !== null && record !== undefined) return { parent, record };
  throw new Refusal(
    'INVALID_STATE',
    `Expected process instance ${processInstanceKey} to have completed with something to undo, but it is ${state}`,
  );
}
