import type { JsonValue } from '../json.ts';
import { emit } from './emit.ts';
import { missingOutputs, notFilled } from './give-outputs.ts';
import { raiseIncident } from './raise-incident.ts';
import { recordCalledProcess } from './record-completion.ts';
import type { Run } from './run.ts';
import { cancelWaits } from './terminate-element.ts';

/** Ends the instance normally; a called instance hands its variables to the call activity. */
export function completeInstance(run: Run): void {
  const { header } = run.draft;
  const key = header.processInstanceKey;
  const process = run.draft.elements.get(key);
  if (process === undefined) return;
  // One that has undone itself has nothing to give.
  const isUndone = process.state === 'compensating';
  if (!isUndone && !outputsFilled(run)) return;
  const variables = header.parent === null || isUndone ? {} : variablesForCaller(run);
  cancelWaits(run, key);
  const compensable = recordCalledProcess(run, process);
  emit(run, { kind: 'elementCompleted', elementInstanceKey: key, elementId: header.processId });
  emit(run, { kind: 'instanceCompleted' });
  if (header.parent === null) return;
  run.effects.push({
    kind: 'completeCallActivity',
    processInstanceKey: header.parent.processInstanceKey,
    elementInstanceKey: header.parent.elementInstanceKey,
    variables,
    compensable,
  });
}

/** Everything it has; with an `ioSpecification`, its outputs (BPMN 2.0.2 §10.4.1). */
function variablesForCaller(run: Run): Record<string, JsonValue> {
  const { io } = run.model;
  const variables: Record<string, JsonValue> = {};
  for (const { name, value } of run.draft.variables.get(run.draft.header.processInstanceKey)?.values() ?? []) {
    if (io === undefined || io.outputs.includes(name)) variables[name] = value;
  }
  return variables;
}

/** A process that left its outputs empty is stopped by one incident, looked at again when it is resolved. */
function outputsFilled(run: Run): boolean {
  const { io, name } = run.model;
  if (io === undefined) return true;
  const key = run.draft.header.processInstanceKey;
  const missing = missingOutputs(io.outputSets, (output) => run.draft.variables.get(key)?.get(output)?.value);
  if (missing === null) return true;
  const scope = run.draft.elements.get(key);
  const isReported = (run.draft.waits.get(key) ?? []).some(({ kind }) => kind === 'incident');
  if (scope === undefined || isReported) return false;
  const { type, message } = notFilled(name, missing);
  raiseIncident(run, scope, { type, message, retry: { kind: 'settle' } });
  return false;
}
