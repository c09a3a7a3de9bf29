import { assertNever } from '../assert-never.ts';
import type { DecisionTrace } from '../decisions/decision-trace.ts';
import type { HistoryEvent, HistoryRecord } from '../history-event.ts';
import type { ElementMemory, Subscription } from '../instance.ts';
import type { JsonValue } from '../json.ts';
import { formatInstant } from '../time/format-instant.ts';

/** One history event in the words of a trace; empty for what a reader of a trace does not need. */
export function describeRecord({ event }: HistoryRecord, zone: string): string {
  const iso = (instant: number) => formatInstant(instant, zone);
  switch (event.kind) {
    case 'instanceStarted':
      return '';
    case 'instanceCompleted':
      return 'instance completed';
    case 'instanceTerminated':
      return 'instance terminated';
    case 'instanceSuspended':
      return 'instance suspended';
    case 'instanceResumed':
      return 'instance resumed';
    case 'instanceMigrated':
      return `migrated to ${event.processId} version ${event.definitionVersion}`;
    case 'elementMigrated':
      return event.fromElementId === event.elementId ? '' : `${event.fromElementId} → ${event.elementId}`;
    case 'tokenMigrated':
      return `waits at ${event.token.elementId} by ${event.token.flowId}`;
    case 'compensationMigrated':
      return '';
    case 'instanceModified':
      return `modified${listed(' +', event.activated)}${listed(' -', event.terminated)}`;
    case 'elementActivated':
      return activated(event);
    case 'elementCompleting':
      return `completing ${event.elementId}`;
    case 'elementRemembered':
      return remembered(event.memory);
    case 'elementCompensating':
      return `compensating ${event.elementId}`;
    case 'compensationRecorded':
      return `can undo ${event.record.elementId}`;
    case 'compensationStarted':
      return `undoing ${event.elementId}`;
    case 'compensationsDropped':
      return 'dropped what could be undone';
    case 'instanceReopened':
      return 'instance reopened';
    case 'elementCompleted':
      return `completed ${event.elementId}`;
    case 'elementTerminated':
      return `terminated ${event.elementId}`;
    case 'sequenceFlowTaken':
      return `took ${event.flowId}`;
    case 'tokenArrived':
      return `waits at ${event.token.elementId} by ${event.token.flowId}`;
    case 'tokenConsumed':
      return '';
    case 'variableCreated':
    case 'variableUpdated':
      return `${event.variable.name} = ${short(event.variable.value)}`;
    case 'loopStarted':
      return event.total === null ? 'loop begins' : `${event.total} iterations`;
    case 'loopIterationCompleted':
      return `iteration ${event.index} done`;
    case 'userTaskCreated':
      return taskCreated(event, iso);
    case 'userTaskAssigned':
      return `assigned ${event.elementId} to ${event.assignee ?? 'nobody'}`;
    case 'userTaskUpdated':
      return `updated ${event.elementId} ${short(event.changes as JsonValue)}`;
    case 'userTaskCompleted':
      return '';
    case 'userTaskCanceled':
      return `canceled user task ${event.elementId}`;
    case 'deadlineWarned':
      return `warned of deadline ${event.elementId}`;
    case 'deadlineBreached':
      return `deadline passed ${event.elementId}${event.escalatedTo === null ? '' : ` → ${event.escalatedTo}`}`;
    case 'jobCreated':
      return `created job "${event.job.type}"`;
    case 'jobCompleted':
      return '';
    case 'jobFailed':
      return `job failed ${event.elementId}, ${event.retries} retries left`;
    case 'jobRetriesUpdated':
      return `job retries ${event.elementId} = ${event.retries}`;
    case 'jobErrorThrown':
      return `job threw ${event.errorCode}`;
    case 'jobCanceled':
      return `canceled job ${event.elementId}`;
    case 'timerScheduled':
      return `timer ${event.timer.elementId}${purpose(event.timer.purpose)} due ${iso(event.timer.dueAt)}`;
    case 'timerFired':
      return `timer ${event.elementId} fired`;
    case 'timerSkipped':
      return `timer ${event.elementId} skipped`;
    case 'timerCanceled':
      return '';
    case 'subscriptionOpened':
      return opened(event.subscription);
    case 'messageCorrelated':
      return `got message "${event.messageName}" at ${event.elementId}`;
    case 'subscriptionClosed':
      return '';
    case 'messageSent':
      return `sent message "${event.messageName}" key ${short(event.correlationKey)}`;
    case 'signalReceived':
      return `got signal "${event.signalName}" at ${event.elementId}`;
    case 'signalBroadcast':
      return `broadcast signal "${event.signalName}"`;
    case 'conditionChanged':
      return `condition of ${event.elementId} ${event.holds ? 'holds' : 'holds no more'}`;
    case 'escalationThrown':
      return `threw escalation ${event.escalationCode}`;
    case 'escalationCaught':
      return `caught escalation ${event.escalationCode} at ${event.elementId}`;
    case 'decisionEvaluated':
      return decided(event.trace);
    case 'calledInstanceStarted':
      return `called ${event.processId}`;
    case 'errorCaught':
      return `caught error ${event.errorCode} at ${event.elementId}`;
    case 'incidentRaised':
      return `INCIDENT ${event.incident.type} at ${event.incident.elementId}: ${event.incident.message}`;
    case 'incidentResolved':
      return `incident resolved ${event.elementId}`;
    default:
      return assertNever(event);
  }
}

function listed(sign: string, ids: readonly string[]): string {
  return ids.map((id) => `${sign}${id}`).join('');
}

/** What an element remembers mostly shows in what it does. */
function remembered({ missingInputs, inputSet, heldResult }: ElementMemory): string {
  if (heldResult !== undefined) return `holds the result ${short(heldResult)}`;
  if (missingInputs !== undefined) {
    return missingInputs.length === 0 ? 'has its inputs' : `misses its inputs ${missingInputs.join(', ')}`;
  }
  return inputSet === undefined ? '' : `begins by input set ${inputSet}`;
}

/** A scope that is made anew to be undone says so. */
function activated(event: Extract<HistoryEvent, { kind: 'elementActivated' }>): string {
  const { element } = event;
  if (element.state === 'compensating') return `compensating ${elementName(event)}`;
  return element.elementType === 'process' ? '' : `activated ${elementName(event)}`;
}

function elementName({ element }: Extract<HistoryEvent, { kind: 'elementActivated' }>): string {
  if (element.elementType === 'adHocInnerInstance') return `${element.elementId}[flow]`;
  return element.loopIndex === null ? element.elementId : `${element.elementId}[${element.loopIndex}]`;
}

function opened(subscription: Subscription): string {
  switch (subscription.kind) {
    case 'message':
      return `waits for message "${subscription.messageName}" key ${short(subscription.correlationKey)}`;
    case 'signal':
      return `waits for signal "${subscription.signalName}"`;
    case 'condition':
      return `waits for the condition of ${subscription.elementId}`;
    default:
      return assertNever(subscription);
  }
}

function taskCreated(
  { userTask }: Extract<HistoryEvent, { kind: 'userTaskCreated' }>,
  iso: (instant: number) => string,
): string {
  const who = userTask.assignee ?? userTask.candidateGroups.join(', ');
  const due = userTask.dueAt === null ? '' : ` due ${iso(userTask.dueAt)}`;
  return `user task "${userTask.name}"${who === '' ? '' : ` for ${who}`}${due}`;
}

function purpose(kind: 'event' | 'deadlineWarning' | 'deadlineBreach'): string {
  if (kind === 'event') return '';
  return kind === 'deadlineWarning' ? ' (warning)' : ' (deadline)';
}

function decided({ decisionId, matchedRules, output, failure }: DecisionTrace): string {
  if (failure !== null) return `decision ${decisionId} failed`;
  const rules = matchedRules.map((rule) => rule.ruleIndex).join(', ');
  return `decided ${decisionId}${rules === '' ? '' : ` by rule ${rules}`} → ${short(output)}`;
}

function short(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length <= 160 ? text : `${text.slice(0, 157)}…`;
}
