import type { JsonValue } from '../json.ts';
import { emit } from './emit.ts';
import type { Run } from './run.ts';
import { cancelWaits } from './terminate-element.ts';

/** Ends the instance normally; a called instance hands its variables to the call activity. */
export function completeInstance(run: Run): void {
  const { header } = run.draft;
  const key = header.processInstanceKey;
  const variables: Record<string, JsonValue> = {};
  if (header.parent !== null) {
    for (const variable of run.draft.variables.get(key)?.values() ?? []) variables[variable.name] = variable.value;
  }
  cancelWaits(run, key);
  emit(run, { kind: 'elementCompleted', elementInstanceKey: key, elementId: header.processId });
  emit(run, { kind: 'instanceCompleted' });
  if (header.parent === null) return;
  run.effects.push({
    kind: 'completeCallActivity',
    processInstanceKey: header.parent.processInstanceKey,
    elementInstanceKey: header.parent.elementInstanceKey,
    variables,
  });
}
