import type { TaskSummary } from '#contract';
import { Button, Skeleton } from '@mantine/core';
import { IconCircleCheck, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { portalCasesQuery } from '../api/portal.ts';
import { sessionQuery } from '../api/session.ts';
import { tasksQuery } from '../api/tasks.ts';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTitle } from '../ui/use-title.ts';
import { TaskRow } from '../work-list/task-row.tsx';
import { CaseCard } from './case-card.tsx';
import { PortalPage } from './portal-page.tsx';
import styles from './portal.module.css';

const SHOWN = 5;

/** What a contractor needs in the morning: what to do, what can be taken, how their requests go, and a way to file another. */
export function PortalScreen() {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const mine = useInfiniteQuery(tasksQuery({ tab: 'mine' }));
  const group = useInfiniteQuery(tasksQuery({ tab: 'group' }));
  const cases = useInfiniteQuery(portalCasesQuery);
  const own = mine.data?.pages[0]?.items ?? [];
  const free = (group.data?.pages[0]?.items ?? []).filter(({ assignee }) => assignee === null);
  const counts = mine.data?.pages[0]?.counts;
  useTitle(t('portal.home'), counts?.mine);
  const organisation = session?.groups.map(({ name }) => name).join(', ');
  const tasksFailed = [mine, group].find(({ isLoadingError }) => isLoadingError);
  const tasksRead = mine.data !== undefined && group.data !== undefined;
  return (
    <PortalPage>
      <div className={styles.head}>
        <div>
          <h1>{t('portal.home')}</h1>
          <p className={styles.lead}>{organisation}</p>
        </div>
        <Button
          component={Link}
          to="/portal/new"
          size="md"
          className={styles.big}
          leftSection={<IconPlus size={20} aria-hidden />}
        >
          {t('portal.newRequest')}
        </Button>
      </div>

      <section className={styles.section} aria-labelledby="portal-tasks">
        <h2 id="portal-tasks">{t('portal.tasks')}</h2>
        {tasksFailed && <ErrorState error={tasksFailed.error} onRetry={() => void tasksFailed.refetch()} />}
        {!tasksRead && !tasksFailed && <Skeleton height={96} />}
        {tasksRead && own.length === 0 && free.length === 0 && (
          <StateView icon={IconCircleCheck} title={t('portal.noTasks')} lead={t('portal.noTasksLead')} />
        )}
        {own.length > 0 && <TaskList tasks={own} me={session?.user.username} />}
        {free.length > 0 && (
          <>
            <h3 className={styles.subheading}>{t('portal.free')}</h3>
            <TaskList tasks={free} me={session?.user.username} />
          </>
        )}
        {own.length + free.length > 0 && (
          <Button
            component={Link}
            to="/tasks"
            search={(own.length === 0 ? { tab: 'group' } : {}) as never}
            variant="default"
            size="md"
            className={styles.big}
          >
            {t('portal.allTasks')}
          </Button>
        )}
      </section>

      <section className={styles.section} aria-labelledby="portal-cases">
        <h2 id="portal-cases">{t('portal.cases')}</h2>
        {cases.isLoadingError && <ErrorState error={cases.error} onRetry={() => void cases.refetch()} />}
        {cases.isPending && <Skeleton height={96} />}
        {cases.data !== undefined && cases.data.pages[0]?.items.length === 0 && (
          <p className={styles.lead}>{t('portal.noCasesLead')}</p>
        )}
        <ul className={styles.list}>
          {cases.data?.pages[0]?.items.slice(0, SHOWN).map((item) => (
            <CaseCard key={item.caseKey} item={item} />
          ))}
        </ul>
        {(cases.data?.pages[0]?.items.length ?? 0) > 0 && (
          <Button component={Link} to="/portal/cases" variant="default" size="md" className={styles.big}>
            {t('portal.allCases')}
          </Button>
        )}
      </section>
    </PortalPage>
  );
}

function TaskList({ tasks, me }: { readonly tasks: readonly TaskSummary[]; readonly me: string | undefined }) {
  return (
    <ul className={styles.list}>
      {tasks.slice(0, SHOWN).map((task) => (
        <TaskRow key={task.userTaskKey} task={task} selected={false} me={me} showAssignee={false} />
      ))}
    </ul>
  );
}
