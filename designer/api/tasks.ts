import type { AssignTask, DraftSaved, TaskDetail, TaskPage, TaskQuery } from '#contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';
import { write } from './write.ts';

const PAGE_SIZE = 50;
/** Quiet refresh of what is on screen; a deadline is told to the minute, so half of one is fresh enough. */
const REFRESH_MS = 30_000;

export type TaskListFilter = Omit<TaskQuery, 'cursor' | 'limit'>;

export const tasksQuery = (filter: TaskListFilter) =>
  infiniteQueryOptions({
    queryKey: ['tasks', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      request<TaskPage>('/api/tasks', { query: { ...filter, cursor: pageParam, limit: PAGE_SIZE }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: REFRESH_MS,
  });

export const taskQuery = (userTaskKey: string) =>
  queryOptions({
    queryKey: ['task', userTaskKey],
    queryFn: ({ signal }) => request<TaskDetail>(taskPath(userTaskKey), { signal }),
    refetchInterval: REFRESH_MS,
  });

/** The few best matches for the search window; not refreshed. */
export const taskSearchQuery = (search: string) =>
  queryOptions({
    queryKey: ['task-search', search],
    queryFn: async ({ signal }) => {
      const find = (tab: 'mine' | 'group') =>
        request<TaskPage>('/api/tasks', { query: { tab, search, limit: 5 }, signal });
      const [mine, group] = await Promise.all([find('mine'), find('group')]);
      const items = [...mine.items, ...group.items];
      return items.filter(
        (task, index) => items.findIndex((other) => other.userTaskKey === task.userTaskKey) === index,
      );
    },
  });

/** `username` null gives the task back to its group. */
export function assignTask(userTaskKey: string, username: string | null): Promise<unknown> {
  const body: AssignTask = { username };
  return write({ method: 'PUT', path: `${taskPath(userTaskKey)}/assignee`, body });
}

export function saveDraft(userTaskKey: string, data: Readonly<Record<string, unknown>>): Promise<DraftSaved> {
  return write<DraftSaved>({ method: 'PUT', path: `${taskPath(userTaskKey)}/draft`, body: { data } });
}

export function completeTask(userTaskKey: string, data: Readonly<Record<string, unknown>>): Promise<unknown> {
  return write({ method: 'POST', path: `${taskPath(userTaskKey)}/complete`, body: { data } });
}

function taskPath(userTaskKey: string): string {
  return `/api/tasks/${encodeURIComponent(userTaskKey)}`;
}
