import { assertNever } from '../assert-never.ts';
import { apply } from '../appliers/apply.ts';
import type { HistoryEvent } from '../history-event.ts';
import type { Key } from '../key.ts';
import { noteMove, type Run } from './run.ts';

/** Records what happened and applies it: the only way to change the instance. */
export function emit(run: Run, event: HistoryEvent): void {
  if (run.plan.hasRuleJoins) noteMoveOf(run, event);
  apply(run.draft, event, run.now);
  run.events.push(event);
}

/** Where a token comes, goes or gets stuck, a join may open. Before the event is applied: an element that ends is still there. */
function noteMoveOf(run: Run, event: HistoryEvent): void {
  const scopeKey = movedIn(run, event);
  if (scopeKey !== null) noteMove(run, scopeKey);
}

function movedIn(run: Run, event: HistoryEvent): Key | null {
  switch (event.kind) {
    case 'elementActivated':
      return event.element.scopeKey;
    case 'elementRemembered':
    case 'elementCompleted':
    case 'elementTerminated':
      return run.draft.elements.get(event.elementInstanceKey)?.scopeKey ?? null;
    case 'tokenArrived':
    case 'tokenConsumed':
    case 'tokenMigrated':
      return event.token.scopeKey;
    // What else happens moves no token (a migration looks at every join itself): it wakes an element, which then goes on by one of the events above.
    case 'instanceStarted':
    case 'instanceCompleted':
    case 'instanceTerminated':
    case 'instanceReopened':
    case 'instanceSuspended':
    case 'instanceResumed':
    case 'instanceModified':
    case 'instanceMigrated':
    case 'elementMigrated':
    case 'compensationMigrated':
    case 'elementCompleting':
    case 'elementCompensating':
    case 'sequenceFlowTaken':
    case 'compensationRecorded':
    case 'compensationStarted':
    case 'compensationsDropped':
    case 'variableCreated':
    case 'variableUpdated':
    case 'loopStarted':
    case 'loopIterationCompleted':
    case 'userTaskCreated':
    case 'userTaskAssigned':
    case 'userTaskUpdated':
    case 'userTaskCompleted':
    case 'userTaskCanceled':
    case 'deadlineWarned':
    case 'deadlineBreached':
    case 'jobCreated':
    case 'jobCompleted':
    case 'jobFailed':
    case 'jobRetriesUpdated':
    case 'jobErrorThrown':
    case 'jobCanceled':
    case 'timerScheduled':
    case 'timerFired':
    case 'timerSkipped':
    case 'timerCanceled':
    case 'subscriptionOpened':
    case 'messageCorrelated':
    case 'subscriptionClosed':
    case 'messageSent':
    case 'signalReceived':
    case 'signalBroadcast':
    case 'conditionChanged':
    case 'escalationThrown':
    case 'escalationCaught':
    case 'decisionEvaluated':
    case 'calledInstanceStarted':
    case 'errorCaught':
    case 'incidentRaised':
    case 'incidentResolved':
      return null;
    default:
      return assertNever(event);
  }
}
