import type { CommandOfKind } from '../command.ts';
import type { UserTask } from '../instance.ts';
import type { Key } from '../key.ts';
import { completeElement } from '../behaviors/complete-element.ts';
import { emit } from '../behaviors/emit.ts';
import { takeResult } from '../behaviors/map-variables.ts';
import { Refusal } from '../behaviors/refusal.ts';
import { planById, type Run } from '../behaviors/run.ts';

export function completeUserTask(run: Run, command: CommandOfKind<'completeUserTask'>): void {
  const task = taskOf(run, command.userTaskKey);
  const element = run.draft.elements.get(task.elementInstanceKey);
  if (element === undefined) return;
  emit(run, { kind: 'userTaskCompleted', userTaskKey: task.key, elementId: task.elementId });
  takeResult(run, planById(run, task.elementId), element, command.variables);
  completeElement(run, element.key);
}

export function assignUserTask(run: Run, command: CommandOfKind<'assignUserTask'>): void {
  const task = taskOf(run, command.userTaskKey);
  const { assignee, allowOverride } = command;
  if (!allowOverride && task.assignee !== null && assignee !== null && task.assignee !== assignee) {
    throw new Refusal(
      'ALREADY_ASSIGNED',
      `Expected user task ${task.key} to be free, but it is assigned to "${task.assignee}"`,
    );
  }
  emit(run, { kind: 'userTaskAssigned', userTaskKey: task.key, elementId: task.elementId, assignee });
}

export function updateUserTask(run: Run, command: CommandOfKind<'updateUserTask'>): void {
  const task = taskOf(run, command.userTaskKey);
  const { changes } = command;
  if (changes.priority !== undefined && !(changes.priority >= 0 && changes.priority <= 100)) {
    throw new Refusal('INVALID_ARGUMENT', `Expected a priority from 0 to 100, but got ${changes.priority}`);
  }
  emit(run, { kind: 'userTaskUpdated', userTaskKey: task.key, elementId: task.elementId, changes });
}

function taskOf(run: Run, userTaskKey: Key): UserTask {
  const task = run.draft.userTasks.get(userTaskKey);
  if (task !== undefined) return task;
  throw new Refusal('NOT_FOUND', `Expected an open user task ${userTaskKey}, but it has ended or never existed`);
}
