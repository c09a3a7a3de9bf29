import { assertNever } from '../assert-never.ts';
import type { Incident, Instance, Job, Subscription, Timer, UserTask } from '../instance.ts';
import type { Key } from '../key.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import type { ProcessModel } from '../model/process-model.ts';
import type { IncidentReason, JobReason, Trigger, UserTaskReason } from './explanation.ts';

/** What is read to explain a place. */
export interface Explained {
  readonly instance: Instance;
  readonly model: ProcessModel;
  readonly now: number;
}

/** The rows that hang on an element instance. */
export interface HangingRows {
  readonly userTasks: readonly UserTask[];
  readonly jobs: readonly Job[];
  readonly timers: readonly Timer[];
  readonly subscriptions: readonly Subscription[];
  readonly incidents: readonly Incident[];
}

export function rowsAt(instance: Instance, elementInstanceKey: Key): HangingRows {
  const keys = (instance.waits.get(elementInstanceKey) ?? []).map(({ key }) => key);
  const found = <Row>(table: { get(key: Key): Row | undefined }): readonly Row[] =>
    keys.flatMap((key) => table.get(key) ?? []);
  return {
    userTasks: found(instance.userTasks),
    jobs: found(instance.jobs),
    // The timers of a deadline tell people; nothing waits for them.
    timers: found(instance.timers).filter(({ purpose }) => purpose === 'event'),
    subscriptions: found(instance.subscriptions),
    incidents: found(instance.incidents),
  };
}

export function explainUserTask(task: UserTask, { now }: Explained): UserTaskReason {
  const { key, assignee, candidateUsers, candidateGroups, dueAt, createdAt } = task;
  const overdue = dueAt !== null && dueAt < now;
  return {
    kind: 'userTask',
    userTaskKey: key,
    assignee,
    candidateUsers,
    candidateGroups,
    dueAt,
    overdue,
    since: createdAt,
  };
}

export function explainJob(
  { key, type, retries, errorMessage, availableAt, createdAt }: Job,
  { now }: Explained,
): JobReason {
  const backingOff = retries > 0 && availableAt > now;
  return { kind: 'job', jobKey: key, type, retries, errorMessage, availableAt, backingOff, since: createdAt };
}

export function explainTimer({ key, elementId, dueAt, cycle }: Timer, { model, now }: Explained): Trigger {
  return {
    kind: 'timer',
    ...named(model, elementId),
    timerKey: key,
    dueAt,
    overdue: dueAt < now,
    repeats: cycle !== null,
  };
}

export function explainSubscription(subscription: Subscription, { model }: Explained): Trigger {
  const { key: subscriptionKey, openedAt: since, elementId } = subscription;
  const base = { ...named(model, elementId), subscriptionKey, since };
  switch (subscription.kind) {
    case 'message': {
      const { messageName, correlationKey } = subscription;
      return { kind: 'message', ...base, messageName, correlationKey };
    }
    case 'signal':
      return { kind: 'signal', ...base, signalName: subscription.signalName };
    case 'condition': {
      const condition = conditionOf(model, elementId, subscription.definitionIndex);
      return { kind: 'condition', ...base, condition, holds: subscription.holds };
    }
    default:
      return assertNever(subscription);
  }
}

export function explainIncident(incident: Incident): IncidentReason {
  const { key: incidentKey, type, elementId, message, retry, createdAt: since } = incident;
  const stopsElement = retry.kind !== 'conditions' && retry.kind !== 'reopen';
  return { kind: 'incident', incidentKey, type, elementId, message, stopsElement, since };
}

export function named(model: ProcessModel, eventId: string): { readonly eventId: string; readonly eventName: string } {
  return { eventId, eventName: model.nodes.get(eventId)?.name || eventId };
}

function conditionOf(model: ProcessModel, eventId: string, definitionIndex: number): string {
  const node = model.nodes.get(eventId);
  const definition = node !== undefined && 'event' in node ? definitionsOf(node.event)[definitionIndex] : undefined;
  return definition?.kind === 'conditional' ? definition.condition.text : '';
}
