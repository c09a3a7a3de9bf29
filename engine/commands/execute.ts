import type { Command } from '../command.ts';
import { assertNever } from '../assert-never.ts';
import type { Run } from '../behaviors/run.ts';
import { activateAdHocElements } from './ad-hoc-commands.ts';
import {
  completeCalledInstance,
  rejectCalledInstance,
  throwCalledInstanceError,
  throwCalledInstanceEscalation,
} from './called-instance-commands.ts';
import { compensateInstance, dropCompensations } from './compensation-commands.ts';
import { correlateMessage, fireTimer, triggerSignal } from './event-commands.ts';
import { cancelInstance, setVariables } from './instance-commands.ts';
import { completeJob, failJob, throwJobError, updateJobRetries } from './job-commands.ts';
import { migrateInstance } from './migration/migrate-instance.ts';
import { modifyInstance } from './modification/modify-instance.ts';
import { resolveIncident } from './resolve-incident.ts';
import { startInstance } from './start-instance.ts';
import { resumeInstance, suspendInstance } from './suspension-commands.ts';
import { throwElementError, throwElementEscalation } from './throw-commands.ts';
import { assignUserTask, completeUserTask, updateUserTask } from './user-task-commands.ts';

/** What each command does first: the table of contents of everything one can ask of an instance. */
export function execute(run: Run, command: Command): void {
  switch (command.kind) {
    case 'startInstance':
      return startInstance(run, command);
    case 'cancelInstance':
      return cancelInstance(run, command);
    case 'suspendInstance':
      return suspendInstance(run, command);
    case 'resumeInstance':
      return resumeInstance(run, command);
    case 'modifyInstance':
      return modifyInstance(run, command);
    case 'migrateInstance':
      return migrateInstance(run, command);
    case 'setVariables':
      return setVariables(run, command);
    case 'completeUserTask':
      return completeUserTask(run, command);
    case 'assignUserTask':
      return assignUserTask(run, command);
    case 'updateUserTask':
      return updateUserTask(run, command);
    case 'completeJob':
      return completeJob(run, command);
    case 'failJob':
      return failJob(run, command);
    case 'throwJobError':
      return throwJobError(run, command);
    case 'throwElementError':
      return throwElementError(run, command);
    case 'throwElementEscalation':
      return throwElementEscalation(run, command);
    case 'updateJobRetries':
      return updateJobRetries(run, command);
    case 'fireTimer':
      return fireTimer(run, command);
    case 'correlateMessage':
      return correlateMessage(run, command);
    case 'triggerSignal':
      return triggerSignal(run, command);
    case 'resolveIncident':
      return resolveIncident(run, command);
    case 'activateAdHocElements':
      return activateAdHocElements(run, command);
    case 'completeCalledInstance':
      return completeCalledInstance(run, command);
    case 'throwCalledInstanceError':
      return throwCalledInstanceError(run, command);
    case 'throwCalledInstanceEscalation':
      return throwCalledInstanceEscalation(run, command);
    case 'rejectCalledInstance':
      return rejectCalledInstance(run, command);
    case 'compensateInstance':
      return compensateInstance(run, command);
    case 'dropCompensations':
      return dropCompensations(run);
    default:
      return assertNever(command);
  }
}
