import type { HistoryEventOfKind } from '../history-event.ts';
import type { UserTask } from '../instance.ts';
import type { InstanceDraft } from '../instance-draft.ts';
import type { Key } from '../key.ts';

export function userTaskCreated(draft: InstanceDraft, { userTask }: HistoryEventOfKind<'userTaskCreated'>): void {
  draft.userTasks.set(userTask.key, userTask);
  draft.addWait(userTask.elementInstanceKey, 'userTask', userTask.key);
}

export function userTaskAssigned(draft: InstanceDraft, event: HistoryEventOfKind<'userTaskAssigned'>): void {
  change(draft, event.userTaskKey, () => ({ assignee: event.assignee }));
}

export function userTaskUpdated(draft: InstanceDraft, event: HistoryEventOfKind<'userTaskUpdated'>): void {
  change(draft, event.userTaskKey, () => event.changes);
}

/** Completed and canceled alike: the task leaves the instance. */
export function userTaskEnded(draft: InstanceDraft, event: { readonly userTaskKey: Key }): void {
  const task = draft.userTasks.get(event.userTaskKey);
  if (task === undefined) return;
  draft.userTasks.delete(task.key);
  draft.removeWait(task.elementInstanceKey, task.key);
}

export function deadlineWarned(draft: InstanceDraft, event: HistoryEventOfKind<'deadlineWarned'>): void {
  change(draft, event.userTaskKey, (task) => ({ deadline: task.deadline && { ...task.deadline, warned: true } }));
}

export function deadlineBreached(draft: InstanceDraft, event: HistoryEventOfKind<'deadlineBreached'>): void {
  change(draft, event.userTaskKey, (task) => ({
    deadline: task.deadline && { ...task.deadline, breached: true },
    ...(event.escalatedTo === null ? {} : { assignee: null, candidateUsers: [], candidateGroups: [event.escalatedTo] }),
  }));
}

function change(draft: InstanceDraft, key: Key, changes: (task: UserTask) => Partial<UserTask>): void {
  const task = draft.userTasks.get(key);
  if (task !== undefined) draft.userTasks.set(key, { ...task, ...changes(task) });
}
