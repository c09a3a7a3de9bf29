import type { HistoryEventOfKind } from '../history-event.ts';
import type { InstanceDraft } from '../instance-draft.ts';
import type { Key } from '../key.ts';

export function jobCreated(draft: InstanceDraft, { job }: HistoryEventOfKind<'jobCreated'>): void {
  draft.jobs.set(job.key, job);
  draft.addWait(job.elementInstanceKey, 'job', job.key);
}

export function jobFailed(draft: InstanceDraft, event: HistoryEventOfKind<'jobFailed'>): void {
  const job = draft.jobs.get(event.jobKey);
  if (job === undefined) return;
  const { retries, availableAt, errorMessage } = event;
  draft.jobs.set(job.key, { ...job, retries, availableAt, errorMessage });
}

export function jobRetriesUpdated(draft: InstanceDraft, event: HistoryEventOfKind<'jobRetriesUpdated'>): void {
  const job = draft.jobs.get(event.jobKey);
  if (job !== undefined) draft.jobs.set(job.key, { ...job, retries: event.retries });
}

/** Completed, canceled and ended by an error alike: the job leaves the instance. */
export function jobEnded(draft: InstanceDraft, event: { readonly jobKey: Key }): void {
  const job = draft.jobs.get(event.jobKey);
  if (job === undefined) return;
  draft.jobs.delete(job.key);
  draft.removeWait(job.elementInstanceKey, job.key);
}

export function timerScheduled(draft: InstanceDraft, { timer }: HistoryEventOfKind<'timerScheduled'>): void {
  draft.timers.set(timer.key, timer);
  draft.addWait(timer.elementInstanceKey, 'timer', timer.key);
}

/** Fired and canceled alike: a cycle schedules its next timer with an event of its own. */
export function timerEnded(draft: InstanceDraft, event: { readonly timerKey: Key }): void {
  const timer = draft.timers.get(event.timerKey);
  if (timer === undefined) return;
  draft.timers.delete(timer.key);
  draft.removeWait(timer.elementInstanceKey, timer.key);
}

export function subscriptionOpened(
  draft: InstanceDraft,
  { subscription }: HistoryEventOfKind<'subscriptionOpened'>,
): void {
  draft.subscriptions.set(subscription.key, subscription);
  draft.addWait(subscription.elementInstanceKey, 'subscription', subscription.key);
}

export function conditionChanged(draft: InstanceDraft, event: HistoryEventOfKind<'conditionChanged'>): void {
  const subscription = draft.subscriptions.get(event.subscriptionKey);
  if (subscription?.kind !== 'condition') return;
  draft.subscriptions.set(subscription.key, { ...subscription, holds: event.holds });
}

export function subscriptionClosed(draft: InstanceDraft, event: { readonly subscriptionKey: Key }): void {
  const subscription = draft.subscriptions.get(event.subscriptionKey);
  if (subscription === undefined) return;
  draft.subscriptions.delete(subscription.key);
  draft.removeWait(subscription.elementInstanceKey, subscription.key);
}

export function incidentRaised(draft: InstanceDraft, { incident }: HistoryEventOfKind<'incidentRaised'>): void {
  draft.incidents.set(incident.key, incident);
  draft.addWait(incident.elementInstanceKey, 'incident', incident.key);
}

export function incidentResolved(draft: InstanceDraft, event: { readonly incidentKey: Key }): void {
  const incident = draft.incidents.get(event.incidentKey);
  if (incident === undefined) return;
  draft.incidents.delete(incident.key);
  draft.removeWait(incident.elementInstanceKey, incident.key);
}
