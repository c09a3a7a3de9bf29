import type { VariableMap } from '../json.ts';
import { emit } from './emit.ts';
import { startEventSubProcess } from './event-sub-process.ts';
import type { Catcher } from './find-catcher.ts';
import { schedule, type Run } from './run.ts';
import { terminateElement } from './terminate-element.ts';

export interface ThrownError {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly variables: VariableMap;
}

/** Hands the error to its catcher: what it sits on ends, its path starts. */
export function throwError(run: Run, catcher: Catcher, error: ThrownError): void {
  const { errorCode, errorMessage, variables } = error;
  const occurrence = { variables, definitionIndex: 0 };
  switch (catcher.kind) {
    case 'parent':
      throwToParent(run, error);
      return;
    case 'eventSubProcess': {
      const { handler, scope } = catcher;
      const elementId = handler.start.id;
      emit(run, { kind: 'errorCaught', elementInstanceKey: scope.key, elementId, errorCode, errorMessage });
      startEventSubProcess(run, handler, { scope, occurrence });
      return;
    }
    case 'boundary': {
      const { event, host } = catcher;
      if (host.scopeKey === null) return;
      emit(run, { kind: 'errorCaught', elementInstanceKey: host.key, elementId: event.id, errorCode, errorMessage });
      schedule(run, { kind: 'activate', scopeKey: host.scopeKey, node: event, occurrence });
      terminateElement(run, host.key);
      return;
    }
  }
}

function throwToParent(run: Run, error: ThrownError): void {
  const { header } = run.draft;
  if (header.parent === null) return;
  terminateElement(run, header.processInstanceKey);
  emit(run, { kind: 'instanceTerminated' });
  run.effects.push({
    kind: 'throwErrorInParent',
    processInstanceKey: header.parent.processInstanceKey,
    elementInstanceKey: header.parent.elementInstanceKey,
    ...error,
  });
}
