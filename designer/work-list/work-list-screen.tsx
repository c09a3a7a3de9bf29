import { useDebouncedValue, useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, sessionQuery } from '../api/session.ts';
import { tasksQuery } from '../api/tasks.ts';
import { useAssign } from '../task/use-assign.ts';
import { TaskSkeleton } from '../task/task-skeleton.tsx';
import { SPLIT_WIDTH } from '../theme/tokens.ts';
import { LoadMore } from '../ui/load-more.tsx';
import { ErrorState } from '../ui/state-view.tsx';
import { useTitle } from '../ui/use-title.ts';
import { moveCursor } from './next-task.ts';
import { TaskFilters } from './task-filters.tsx';
import { TaskListSkeleton } from './task-list-skeleton.tsx';
import { TaskRow } from './task-row.tsx';
import { taskFilter, type TaskSearch } from './task-search.ts';
import { TasksEmpty } from './tasks-empty.tsx';
import styles from './work-list-screen.module.css';

const route = getRouteApi('/app/tasks');

/** What must I do. From 1200 px the list stands beside the task, below that they take turns. */
export function WorkListScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = route.useSearch();
  const selected = useParams({ strict: false }).userTaskKey;
  const split = useMediaQuery(`(min-width: ${SPLIT_WIDTH}px)`, undefined, { getInitialValueInEffect: false }) ?? false;
  const session = useQuery(sessionQuery).data;
  const mayAll = may(session, 'all-tasks');
  const filter = taskFilter(search, mayAll);
  const query = useInfiniteQuery({ ...tasksQuery(filter), placeholderData: (previous) => previous });
  const tasks = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const counts = query.data?.pages[0]?.counts;
  useTitle(t('tasks.title'), counts?.mine);

  const first = tasks[0]?.userTaskKey;
  const openFirst = split && selected === undefined && first !== undefined && !query.isPlaceholderData;
  useEffect(() => {
    if (!openFirst) return;
    void navigate({
      to: '/tasks/$userTaskKey',
      params: { userTaskKey: first },
      search: (old) => old as TaskSearch,
      replace: true,
    });
  }, [openFirst, first, navigate]);

  const list = useListKeys(tasks, selected);
  const loaded = tasks.length > 0;
  useEffect(() => {
    if (loaded) list.current?.querySelector(`[data-task-key="${selected}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [loaded, selected, list]);
  if (!split && selected !== undefined) return <Outlet />;

  const change = (next: TaskSearch): void => void navigate({ to: '/tasks', search: next });
  const refine = (next: TaskSearch): void => {
    if (selected === undefined || !split) void navigate({ to: '/tasks', search: next, replace: true });
    else void navigate({ to: '/tasks/$userTaskKey', params: { userTaskKey: selected }, search: next, replace: true });
  };
  return (
    <div className={styles.screen} data-split={split || undefined}>
      <section className={styles.list} aria-label={t('tasks.list')}>
        <h1 className={split ? 'r-hidden' : styles.title}>{t('tasks.title')}</h1>
        <TaskFilters search={search} mayAll={mayAll} counts={counts} tasks={tasks} onTab={change} onRefine={refine} />
        <div
          className={styles.rows}
          id="tasks-panel"
          role="tabpanel"
          aria-labelledby={`tasks-tab-${filter.tab}`}
          tabIndex={-1}
        >
          {query.isPending && <TaskListSkeleton />}
          {query.isError && query.data === undefined && (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          )}
          {query.data !== undefined && tasks.length === 0 && (
            <TasksEmpty search={search} tab={filter.tab} counts={counts} onChange={change} />
          )}
          {tasks.length > 0 && (
            <ul className={styles.tasks} ref={list} data-stale={query.isPlaceholderData || undefined}>
              {tasks.map((task) => (
                <TaskRow
                  key={task.userTaskKey}
                  task={task}
                  selected={task.userTaskKey === selected}
                  me={session?.user.username}
                  showAssignee={filter.tab !== 'mine'}
                />
              ))}
            </ul>
          )}
          <LoadMore
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onLoad={() => void query.fetchNextPage()}
          />
        </div>
        <LiveCount count={query.isSuccess ? tasks.length : undefined} />
      </section>
      {split && (
        <div className={styles.detail}>
          <Outlet />
          {selected === undefined && query.isPending && <TaskSkeleton />}
        </div>
      )}
    </div>
  );
}

/** j and k move the focus along the rows (Enter is the row's own), A takes the focused or open task. */
function useListKeys(tasks: readonly Parameters<typeof moveCursor>[0][number][], selected: string | undefined) {
  const list = useRef<HTMLUListElement>(null);
  const assign = useAssign();
  const focusedKey = (): string | undefined => {
    const row = document.activeElement?.closest<HTMLElement>('[data-task-key]');
    return row?.dataset.taskKey;
  };
  const move = (step: 1 | -1): void => {
    const next = moveCursor(tasks, focusedKey() ?? selected, step);
    if (next !== undefined)
      list.current?.querySelector<HTMLElement>(`[data-task-key="${next.userTaskKey}"] a`)?.focus();
  };
  const take = (): void => {
    const key = focusedKey() ?? selected;
    const task = tasks.find((candidate) => candidate.userTaskKey === key);
    if (task !== undefined && task.assignee === null) assign.take(task.userTaskKey);
  };
  useHotkeys([
    ['j', () => move(1), { usePhysicalKeys: true }],
    ['k', () => move(-1), { usePhysicalKeys: true }],
    ['a', take, { usePhysicalKeys: true }],
  ]);
  return list;
}

/** Tells a screen reader how many rows a search left, once it has settled. */
function LiveCount({ count }: { readonly count: number | undefined }) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(count, 600);
  const [first] = useState(count);
  return (
    <span className="r-hidden" role="status">
      {settled === undefined || settled === first ? '' : t('tasks.count', { count: settled })}
    </span>
  );
}
