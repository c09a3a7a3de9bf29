import type { TaskDetail } from '#contract';
import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { caseQuery } from '../api/cases.ts';
import { may, sessionQuery } from '../api/session.ts';
import { StageStrip } from '../case/stage-strip.tsx';
import { PHONE_WIDTH, SPLIT_WIDTH } from '../theme/tokens.ts';
import { DeadlineBar } from '../ui/deadline-bar.tsx';
import { Person } from '../ui/person.tsx';
import styles from './task-header.module.css';
import { useAssign } from './use-assign.ts';

const listRoute = getRouteApi('/app/tasks');

export function TaskHeader({ detail, mine }: { readonly detail: TaskDetail; readonly mine: boolean }) {
  const { t } = useTranslation();
  const { task } = detail;
  const router = useRouter();
  const assign = useAssign();
  const search = listRoute.useSearch();
  const session = useQuery(sessionQuery).data;
  const split = useMediaQuery(`(min-width: ${SPLIT_WIDTH}px)`, undefined, { getInitialValueInEffect: false });
  const phone =
    useMediaQuery(`(max-width: ${PHONE_WIDTH - 1}px)`, undefined, { getInitialValueInEffect: false }) ?? false;
  const mayOpenCase = may(session, 'cases');
  const stages = useQuery({ ...caseQuery(task.caseKey), enabled: mayOpenCase }).data?.stages;
  const open = task.state === 'CREATED';
  const assignee = task.assigneeName ?? task.assignee;
  const caseName = [task.caseNumber, task.caseTitle].filter(Boolean).join(' · ');
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        {!split && (
          <ActionIcon
            size={36}
            aria-label={t('task.toList')}
            onClick={() => void router.navigate({ to: '/tasks', search })}
            className={styles.back}
          >
            <IconArrowLeft size={20} />
          </ActionIcon>
        )}
        <div className={styles.names}>
          <h2 id="task-name" className={styles.name}>
            {task.name}
          </h2>
          {mayOpenCase ? (
            <Link to="/cases/$caseKey" params={{ caseKey: task.caseKey }} className={styles.case} title={caseName}>
              {caseName}
            </Link>
          ) : (
            <span className={styles.case}>{caseName}</span>
          )}
        </div>
        {open && mine && phone && (
          <ActionIcon
            size={44}
            variant="default"
            aria-label={t('task.giveBack')}
            title={t('task.giveBack')}
            loading={assign.pending}
            onClick={() => assign.giveBack(task.userTaskKey)}
          >
            <IconArrowBackUp size={20} />
          </ActionIcon>
        )}
        {open && mine && !phone && (
          <Button
            variant="default"
            size="xs"
            className={styles.action}
            loading={assign.pending}
            onClick={() => assign.giveBack(task.userTaskKey)}
          >
            {t('task.giveBack')}
          </Button>
        )}
      </div>
      <div className={styles.meta}>
        {open && <DeadlineBar deadline={task.deadline} wide />}
        {assignee !== null && (
          <span className={styles.fact}>
            <Person name={mine ? `${assignee} (${t('tasks.you')})` : assignee} />
          </span>
        )}
        {assignee === null && task.candidateGroupNames.length > 0 && (
          <span className={styles.fact}>
            {t('task.groups')}: {task.candidateGroupNames.join(', ')}
          </span>
        )}
        {task.client !== null && <span className={styles.fact}>{task.client}</span>}
      </div>
      {stages !== undefined && stages.length > 1 && <StageStrip stages={stages} compact />}
    </header>
  );
}
