import type { ElementInstance, UserTask } from '../instance.ts';
import { emit } from './emit.ts';
import type { Run } from './run.ts';

/** The deadline is near: said once, to whoever holds the task. */
export function warnOfDeadline(run: Run, host: ElementInstance): void {
  const task = taskAt(run, host);
  if (task === null) return;
  emit(run, { kind: 'deadlineWarned', userTaskKey: task.key, elementId: task.elementId });
  notify(run, task, 'warned');
}

/** The deadline has passed: the task goes to the group named by `escalateTo`, if any; nobody loses what was filled in. */
export function breachDeadline(run: Run, host: ElementInstance): void {
  const task = taskAt(run, host);
  if (task === null || task.deadline === null) return;
  const { escalateTo } = task.deadline;
  emit(run, { kind: 'deadlineBreached', userTaskKey: task.key, elementId: task.elementId, escalatedTo: escalateTo });
  notify(run, run.draft.userTasks.get(task.key) ?? task, 'breached');
}

function taskAt(run: Run, host: ElementInstance): UserTask | null {
  const wait = (run.draft.waits.get(host.key) ?? []).find(({ kind }) => kind === 'userTask');
  return (wait && run.draft.userTasks.get(wait.key)) ?? null;
}

function notify(run: Run, task: UserTask, reason: 'warned' | 'breached'): void {
  if (task.deadline === null) return;
  run.effects.push({
    kind: 'notifyDeadline',
    reason,
    userTaskKey: task.key,
    elementId: task.elementId,
    taskName: task.name,
    users: task.assignee === null ? task.candidateUsers : [task.assignee],
    groups: task.assignee === null ? task.candidateGroups : [],
    dueAt: task.deadline.dueAt,
  });
}
