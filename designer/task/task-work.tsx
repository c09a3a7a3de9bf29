import type { TaskDetail } from '#contract';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Skeleton } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, type FieldProblem } from '../api/api-problem.ts';
import { may, sessionQuery } from '../api/session.ts';
import { completeTask, taskQuery, tasksQuery } from '../api/tasks.ts';
import { TabBar } from '../ui/tab-bar.tsx';
import { toastDone, toastProblem } from '../ui/toast.tsx';
import { nextTask } from '../work-list/next-task.ts';
import { taskFilter } from '../work-list/task-search.ts';
import { CONTEXT_TABS, TaskContext, type ContextTab } from './task-context.tsx';
import { TaskFooter } from './task-footer.tsx';
import type { TaskFormActions } from './task-form.tsx';
import { TaskHeader } from './task-header.tsx';
import { TaskNotice } from './task-notice.tsx';
import styles from './task-work.module.css';
import { useDraft } from './use-draft.ts';
import { newerDraft, readLocalDraft } from './local-draft.ts';

type FormValues = Readonly<Record<string, unknown>>;

/** A chunk of its own: with the viewer come FEEL and the form engine, which the list does not need. */
const TaskForm = lazy(() => import('./task-form.tsx').then((module) => ({ default: module.TaskForm })));

const listRoute = getRouteApi('/app/tasks');

/** One task: the form, and beside it (on a narrow screen: one tab away) what the case is about. */
export function TaskWork({ detail }: { readonly detail: TaskDetail }) {
  const { t } = useTranslation();
  const { task } = detail;
  const session = useQuery(sessionQuery).data;
  const wide = useMediaQuery('(min-width: 1000px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [tab, setTab] = useState<'form' | ContextTab>('form');
  const form = useRef<TaskFormActions>(null);
  const [lastStep, setLastStep] = useState(true);
  const [unsent] = useState(() => (editableBy(detail, session?.user.username) ? unsentDraft(detail) : undefined));
  const draft = useDraft(task.userTaskKey, detail.draft?.savedAt, unsent);
  const complete = useComplete(detail, draft.discard);
  const open = task.state === 'CREATED';
  const mine = task.assignee !== null && task.assignee === session?.user.username;
  const editable = editableBy(detail, session?.user.username);
  // Mail, files and history of the case are the house's.
  const hasContext = !may(session, 'portal');
  const tabs = (['form', ...CONTEXT_TABS] as const).map((value) => ({ value, label: t(`task.${value}`) }));
  const shown = wide ? 'form' : tab;
  const submit = (): void => {
    if (detail.form === null) complete.send({});
    else form.current?.submit();
  };
  return (
    <article className={styles.task} aria-labelledby="task-name">
      <TaskHeader detail={detail} mine={mine} />
      {!wide && hasContext && (
        <div className={styles.tabs}>
          <TabBar id="task" label={t('task.context')} tabs={tabs} value={tab} onChange={setTab} />
        </div>
      )}
      <div className={styles.body} data-wide={(wide && hasContext) || undefined}>
        <div className={styles.work} hidden={shown !== 'form'} id={wide || !hasContext ? undefined : 'task-panel'}>
          <div className={styles.form}>
            <TaskNotice detail={detail} mine={mine} />
            {detail.form === null ? (
              open && <p className={styles.noForm}>{t('task.noForm')}</p>
            ) : (
              <Suspense fallback={<Skeleton height={240} />}>
                <TaskForm
                  actions={form}
                  detail={detail}
                  readOnly={!editable}
                  problems={complete.problems}
                  onChange={draft.change}
                  onSubmit={complete.send}
                  onStep={setLastStep}
                />
              </Suspense>
            )}
          </div>
          {open && detail.canWork && (
            <TaskFooter
              detail={detail}
              mine={mine}
              draft={draft}
              lastStep={lastStep}
              completing={complete.pending}
              onComplete={submit}
            />
          )}
        </div>
        {wide && hasContext && <TaskContext caseKey={task.caseKey} />}
        {!wide && tab !== 'form' && <TaskContext caseKey={task.caseKey} tab={tab} />}
      </div>
    </article>
  );
}

function editableBy({ task, canWork }: TaskDetail, username: string | undefined): boolean {
  return task.state === 'CREATED' && canWork && task.assignee !== null && task.assignee === username;
}

/** What this device kept and the server has not got. */
function unsentDraft(detail: TaskDetail): FormValues | undefined {
  const local = readLocalDraft(detail.task.userTaskKey);
  return local !== undefined && newerDraft(detail, local) === local.data ? local.data : undefined;
}

/** Completes once, says so, and opens what is next; form errors go back to the fields. */
function useComplete(detail: TaskDetail, discardDraft: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const search = listRoute.useSearch();
  const session = useQuery(sessionQuery).data;
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  // The button is disabled only after the next drawing; the second click of a double click comes before.
  const running = useRef(false);
  const { userTaskKey, name } = detail.task;
  const mutation = useMutation({
    mutationFn: (data: FormValues) => completeTask(userTaskKey, data),
    onMutate: () => setProblems([]),
    onSuccess: async () => {
      discardDraft();
      const pages =
        client.getQueryData(tasksQuery(taskFilter(search, may(session, 'all-tasks'))).queryKey)?.pages ?? [];
      const next = nextTask(
        pages.flatMap((page) => page.items),
        userTaskKey,
      );
      const follow = next === undefined ? t('task.completedLast') : t('task.completedNext', { name: next.caseTitle });
      toastDone(t('task.completed', { name }), follow);
      await (next === undefined
        ? navigate({ to: '/tasks', search, replace: true })
        : navigate({ to: '/tasks/$userTaskKey', params: { userTaskKey: next.userTaskKey }, search, replace: true }));
      client.removeQueries({ queryKey: taskQuery(userTaskKey).queryKey });
      void client.invalidateQueries({ queryKey: ['tasks'] });
      void client.invalidateQueries({ queryKey: ['case', detail.task.caseKey] });
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.errors.length > 0) return setProblems(error.errors);
      // Somebody was faster, or the case went another way: the reloaded task says which.
      if (error instanceof ApiProblem && (error.status === 409 || error.status === 404)) {
        return void client.invalidateQueries({ queryKey: taskQuery(userTaskKey).queryKey });
      }
      toastProblem(error);
    },
    onSettled: () => {
      running.current = false;
    },
  });
  const send = (data: FormValues): void => {
    if (running.current) return;
    running.current = true;
    mutation.mutate(data);
  };
  return { problems, pending: mutation.isPending, send };
}
