import { assertNever } from '../assert-never.ts';
import type { HistoryEvent } from '../history-event.ts';
import type { InstanceDraft } from '../instance-draft.ts';
import * as element from './element-appliers.ts';
import * as migration from './migration-appliers.ts';
import * as task from './user-task-appliers.ts';
import * as wait from './wait-appliers.ts';

/** Writes one history event, which happened at `at` (epoch milliseconds), into the draft: the table of contents of everything that can change an instance. */
export function apply(draft: InstanceDraft, event: HistoryEvent, at: number): void {
  switch (event.kind) {
    // What happens most often stands first, because the kinds are compared one by one.
    case 'sequenceFlowTaken':
      // For the reader of the history; it changes no row.
      break;
    case 'elementActivated':
      element.elementActivated(draft, event);
      break;
    case 'elementCompleted':
      element.elementCompleted(draft, event);
      break;
    case 'jobCreated':
      wait.jobCreated(draft, event);
      break;
    case 'jobCompleted':
    case 'jobErrorThrown':
    case 'jobCanceled':
      wait.jobEnded(draft, event);
      break;
    case 'tokenArrived':
      element.tokenArrived(draft, event);
      break;
    case 'tokenConsumed':
      element.tokenConsumed(draft, event);
      break;
    case 'variableCreated':
    case 'variableUpdated':
      draft.setVariable(event.variable);
      break;
    case 'instanceStarted':
      element.instanceStarted(draft, event);
      break;
    case 'instanceCompleted':
      element.instanceCompleted(draft, at);
      break;
    case 'instanceTerminated':
      element.instanceTerminated(draft, at);
      break;
    case 'instanceSuspended':
      element.instanceSuspended(draft, at);
      break;
    case 'instanceResumed':
      element.instanceSuspended(draft, null);
      break;
    case 'instanceMigrated':
      migration.instanceMigrated(draft, event);
      break;
    case 'elementMigrated':
      migration.elementMigrated(draft, event);
      break;
    case 'tokenMigrated':
      draft.tokens.set(event.token.key, event.token);
      break;
    case 'compensationMigrated':
      draft.compensations.set(event.record.key, event.record);
      break;
    case 'elementCompleting':
      element.elementCompleting(draft, event);
      break;
    case 'elementRemembered':
      element.elementRemembered(draft, event);
      break;
    case 'elementCompensating':
      element.elementCompensating(draft, event);
      break;
    case 'compensationRecorded':
      draft.addRecord(event.record);
      break;
    case 'compensationStarted':
      draft.removeRecord(event.recordKey);
      break;
    case 'compensationsDropped':
      element.compensationsDropped(draft, event);
      break;
    case 'instanceReopened':
      element.instanceReopened(draft, event);
      break;
    case 'elementTerminated':
      element.elementTerminated(draft, event);
      break;
    case 'loopStarted':
      element.loopStarted(draft, event);
      break;
    case 'loopIterationCompleted':
      element.loopIterationCompleted(draft, event);
      break;
    case 'calledInstanceStarted':
      element.calledInstanceStarted(draft, event);
      break;
    case 'userTaskCreated':
      task.userTaskCreated(draft, event);
      break;
    case 'userTaskAssigned':
      task.userTaskAssigned(draft, event);
      break;
    case 'userTaskUpdated':
      task.userTaskUpdated(draft, event);
      break;
    case 'userTaskCompleted':
    case 'userTaskCanceled':
      task.userTaskEnded(draft, event);
      break;
    case 'deadlineWarned':
      task.deadlineWarned(draft, event);
      break;
    case 'deadlineBreached':
      task.deadlineBreached(draft, event);
      break;
    case 'jobFailed':
      wait.jobFailed(draft, event);
      break;
    case 'jobRetriesUpdated':
      wait.jobRetriesUpdated(draft, event);
      break;
    case 'timerScheduled':
      wait.timerScheduled(draft, event);
      break;
    case 'timerFired':
    case 'timerCanceled':
    case 'timerSkipped':
      wait.timerEnded(draft, event);
      break;
    case 'subscriptionOpened':
      wait.subscriptionOpened(draft, event);
      break;
    case 'messageCorrelated':
      if (event.closes) wait.subscriptionClosed(draft, event);
      break;
    case 'signalReceived':
      if (event.closes) wait.subscriptionClosed(draft, event);
      break;
    case 'conditionChanged':
      wait.conditionChanged(draft, event);
      break;
    case 'subscriptionClosed':
      wait.subscriptionClosed(draft, event);
      break;
    case 'incidentRaised':
      wait.incidentRaised(draft, event);
      break;
    case 'incidentResolved':
      wait.incidentResolved(draft, event);
      break;
    // As above: facts that change no row.
    case 'instanceModified':
    case 'messageSent':
    case 'decisionEvaluated':
    case 'errorCaught':
    case 'signalBroadcast':
    case 'escalationThrown':
    case 'escalationCaught':
      break;
    default:
      assertNever(event);
  }
  draft.historyLength += 1;
}
