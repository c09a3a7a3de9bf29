import type { TaskSummary } from '#contract';

/** Which task follows when one leaves the list: the one below it, at the end the one above, else none. */
export function nextTask(tasks: readonly TaskSummary[], userTaskKey: string): TaskSummary | undefined {
  const index = tasks.findIndex((task) => task.userTaskKey === userTaskKey);
  if (index === -1) return tasks.find((task) => task.userTaskKey !== userTaskKey);
  return tasks[index + 1] ?? tasks[index - 1];
}

/** Where j (+1) and k (-1) lead; from nowhere both lead to the first row, and the ends hold. */
export function moveCursor(
  tasks: readonly TaskSummary[],
  userTaskKey: string | undefined,
  step: 1 | -1,
): TaskSummary | undefined {
  const index = tasks.findIndex((task) => task.userTaskKey === userTaskKey);
  if (index === -1) return tasks[0];
  return tasks[Math.min(tasks.length - 1, Math.max(0, index + step))];
}
