import type { CommandOfKind } from '../command.ts';
import type { ElementInstance } from '../instance.ts';
import type { Key } from '../key.ts';
import type { CallActivity } from '../model/process-model.ts';
import { completeElement } from '../behaviors/complete-element.ts';
import { findCatcher } from '../behaviors/find-catcher.ts';
import { takeResult } from '../behaviors/map-variables.ts';
import { raiseIncident } from '../behaviors/raise-incident.ts';
import { Refusal } from '../behaviors/refusal.ts';
import { nodeById, planById, type Run } from '../behaviors/run.ts';
import { renamed } from '../behaviors/rename-parameters.ts';
import { throwError } from '../behaviors/throw-error.ts';
import { throwEscalation } from '../behaviors/throw-escalation.ts';
import { endUndone } from '../behaviors/undo-completed.ts';
import { remember } from '../behaviors/undo-queue.ts';
import { setLocalVariables } from '../behaviors/write-variables.ts';

export function completeCalledInstance(run: Run, command: CommandOfKind<'completeCalledInstance'>): void {
  const { node, element } = callOf(run, command.elementInstanceKey);
  if (element.state === 'compensating') {
    endUndone(run, element);
    return;
  }
  if (command.compensable === true) remember(run, element, { compensable: true });
  const variables = renamed(command.variables, element.memory?.outputNames ?? {});
  if (node.propagateAllChildVariables) takeResult(run, planById(run, node.id), element, variables);
  else if (node.outputMappings.length > 0) setLocalVariables(run, element.key, variables);
  completeElement(run, element.key);
}

export function throwCalledInstanceError(run: Run, command: CommandOfKind<'throwCalledInstanceError'>): void {
  const { element } = callOf(run, command.elementInstanceKey);
  const { errorCode, errorMessage, variables } = command;
  const catcher = findCatcher(run, element.key, { kind: 'error', code: errorCode });
  if (catcher === null) {
    // The handler that the child was told of has gone by a migration.
    raiseIncident(run, element, {
      type: 'UNHANDLED_ERROR_EVENT',
      message: `Expected a handler of error "${errorCode}" above "${element.elementId}", but there is none any more`,
      retry: { kind: 'job' },
    });
    return;
  }
  throwError(run, catcher, { errorCode, errorMessage, variables });
}

export function throwCalledInstanceEscalation(run: Run, command: CommandOfKind<'throwCalledInstanceEscalation'>): void {
  const { element } = callOf(run, command.elementInstanceKey);
  const { escalationCode, variables } = command;
  throwEscalation(run, element.key, { escalationCode, variables });
}

/** The called process could not be started, for instance because the call depth limit is reached. */
export function rejectCalledInstance(run: Run, command: CommandOfKind<'rejectCalledInstance'>): void {
  const { element } = callOf(run, command.elementInstanceKey);
  raiseIncident(run, element, {
    type: 'CALLED_ELEMENT_ERROR',
    message: command.message,
    retry: { kind: 'activate' },
  });
}

function callOf(run: Run, key: Key): { readonly node: CallActivity; readonly element: ElementInstance } {
  const element = run.draft.elements.get(key);
  const node = element === undefined ? undefined : nodeById(run, element.elementId);
  if (element !== undefined && node?.type === 'callActivity') return { node, element };
  throw new Refusal('NOT_FOUND', `Expected an active call activity ${key}, but it has ended or never existed`);
}
