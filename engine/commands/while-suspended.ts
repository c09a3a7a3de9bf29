import { assertNever } from '../assert-never.ts';
import type { Command } from '../command.ts';
import type { InstanceHeader } from '../instance.ts';

/**
 * What a suspended instance takes no part in: no token moves but by the hand of an operator. What was on its way inside its
 * tree still arrives, or a called instance would be lost; the result of a job is held (`hold-result.ts`), and its error is refused where
 * something would catch it.
 */
export function refusedWhileSuspended({ kind }: Command): boolean {
  switch (kind) {
    case 'completeUserTask':
    case 'throwElementError':
    case 'throwElementEscalation':
    case 'fireTimer':
    case 'correlateMessage':
    case 'triggerSignal':
    case 'resolveIncident':
    case 'activateAdHocElements':
      return true;
    case 'startInstance':
    case 'cancelInstance':
    case 'suspendInstance':
    case 'resumeInstance':
    case 'modifyInstance':
    case 'migrateInstance':
    case 'setVariables':
    case 'assignUserTask':
    case 'updateUserTask':
    case 'completeJob':
    case 'failJob':
    case 'throwJobError':
    case 'updateJobRetries':
    case 'completeCalledInstance':
    case 'throwCalledInstanceError':
    case 'throwCalledInstanceEscalation':
    case 'rejectCalledInstance':
    case 'compensateInstance':
    case 'dropCompensations':
      return false;
    default:
      return assertNever(kind);
  }
}

export function whySuspended({ processInstanceKey }: InstanceHeader): string {
  return `Expected process instance ${processInstanceKey} to go on, but it is suspended; resume it first`;
}
