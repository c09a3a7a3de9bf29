import type { TaskPage, TaskTab } from '#contract';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconFilterOff, IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { tasksQuery } from '../api/tasks.ts';
import { StateView } from '../ui/state-view.tsx';
import { TaskRow } from './task-row.tsx';
import { isNarrowed, type TaskSearch } from './task-search.ts';
import styles from './tasks-empty.module.css';

interface TasksEmptyProps {
  readonly search: TaskSearch;
  readonly tab: TaskTab;
  readonly counts: TaskPage['counts'] | undefined;
  readonly onChange: (search: TaskSearch) => void;
}

/** Nothing here, and what to do about it: clear the filters, or look at what the group waits for. */
export function TasksEmpty({ search, tab, counts, onChange }: TasksEmptyProps) {
  const { t } = useTranslation();
  if (isNarrowed(search)) {
    return (
      <StateView icon={IconFilterOff} title={t('tasks.emptyFound')} lead={t('tasks.emptyFoundLead')}>
        <Button variant="default" onClick={() => onChange(search.tab === undefined ? {} : { tab: search.tab })}>
          {t('tasks.clear')}
        </Button>
      </StateView>
    );
  }
  if (tab === 'group')
    return <StateView icon={IconInbox} title={t('tasks.emptyGroup')} lead={t('tasks.emptyGroupLead')} />;
  if (tab === 'all') return <StateView icon={IconInbox} title={t('tasks.emptyAll')} lead={t('tasks.emptyGroupLead')} />;
  const waiting = counts?.group ?? 0;
  const lead = waiting > 0 ? t('tasks.inGroup', { count: waiting }) : t('tasks.emptyMineLead');
  return (
    <>
      <StateView icon={IconCircleCheck} title={t('tasks.emptyMine')} lead={lead}>
        {waiting > 0 && <Button onClick={() => onChange({ tab: 'group' })}>{t('tasks.showGroup')}</Button>}
      </StateView>
      {waiting > 0 && <NextByDeadline />}
    </>
  );
}

function NextByDeadline() {
  const { t } = useTranslation();
  const next = useInfiniteQuery(tasksQuery({ tab: 'group' })).data?.pages[0]?.items[0];
  if (next === undefined) return null;
  return (
    <section className={styles.next}>
      <h2 className={styles.heading}>{t('tasks.next')}</h2>
      <ul className={styles.list}>
        <TaskRow task={next} selected={false} me={undefined} showAssignee={false} />
      </ul>
    </section>
  );
}
