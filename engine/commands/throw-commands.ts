import type { CommandOfKind } from '../command.ts';
import type { ElementInstance } from '../instance.ts';
import type { Key } from '../key.ts';
import { isActivity } from '../model/process-model.ts';
import { emit } from '../behaviors/emit.ts';
import { findCatcher } from '../behaviors/find-catcher.ts';
import { Refusal } from '../behaviors/refusal.ts';
import { nodeById, type Run } from '../behaviors/run.ts';
import { throwError } from '../behaviors/throw-error.ts';
import { throwEscalation } from '../behaviors/throw-escalation.ts';

/** Nobody's error changes nothing: whoever works on the activity may still end it in another way. */
export function throwElementError(run: Run, command: CommandOfKind<'throwElementError'>): void {
  const element = activityOf(run, command.elementInstanceKey);
  const { errorCode, errorMessage, variables } = command;
  const catcher = findCatcher(run, element.key, { kind: 'error', code: errorCode });
  if (catcher === null) {
    throw new Refusal(
      'INVALID_STATE',
      `Expected a boundary event or event sub-process that catches error "${errorCode}" of ${element.elementId}, but there is none`,
    );
  }
  throwError(run, catcher, { errorCode, errorMessage, variables });
}

/** An escalation that nobody hears is no failure (§13.5.3). */
export function throwElementEscalation(run: Run, command: CommandOfKind<'throwElementEscalation'>): void {
  const element = activityOf(run, command.elementInstanceKey);
  const { escalationCode, variables } = command;
  emit(run, { kind: 'escalationThrown', elementId: element.elementId, escalationCode });
  throwEscalation(run, element.key, { escalationCode, variables });
}

function activityOf(run: Run, elementInstanceKey: Key): ElementInstance {
  const element = run.draft.elements.get(elementInstanceKey);
  if (element === undefined || element.scopeKey === null) {
    throw new Refusal(
      'NOT_FOUND',
      `Expected an active activity ${elementInstanceKey}, but it has ended or never existed`,
    );
  }
  if (!isActivity(nodeById(run, element.elementId))) {
    throw new Refusal(
      'INVALID_STATE',
      `Expected ${element.elementId} to be an activity, but it is a ${element.elementType}`,
    );
  }
  return element;
}
