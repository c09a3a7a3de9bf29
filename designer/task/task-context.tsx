import { lazy, Suspense, useState } from 'react';
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CaseFiles } from '../case/case-files.tsx';
import { Story } from '../case/story.tsx';
import { MailThread } from '../mail/mail-thread.tsx';
import { TabBar, TabPanel } from '../ui/tab-bar.tsx';
import styles from './task-context.module.css';

const CaseDiagram = lazy(() =>
  import('../diagram/case-diagram.tsx').then((module) => ({ default: module.CaseDiagram })),
);

export const CONTEXT_TABS = ['mail', 'files', 'story', 'diagram'] as const;
export type ContextTab = (typeof CONTEXT_TABS)[number];

interface TaskContextProps {
  readonly caseKey: string;
  /** Given on a narrow screen, where the task's own tabs choose. */
  readonly tab?: ContextTab;
}

/** What the case is about, beside the form and never behind it. */
export function TaskContext({ caseKey, tab }: TaskContextProps) {
  const { t } = useTranslation();
  const [own, setOwn] = useState<ContextTab>('mail');
  const shown = tab ?? own;
  const tabs = CONTEXT_TABS.map((value) => ({ value, label: t(`task.${value}`) }));
  return (
    <aside className={styles.context} data-alone={tab !== undefined || undefined} aria-label={t('task.context')}>
      {tab === undefined && (
        <div className={styles.tabs}>
          <TabBar id="context" label={t('task.context')} tabs={tabs} value={own} onChange={setOwn} />
        </div>
      )}
      <TabPanel id={tab === undefined ? 'context' : 'task'} value={shown} className={styles.panel}>
        {shown === 'mail' && <MailThread caseKey={caseKey} />}
        {shown === 'files' && <CaseFiles caseKey={caseKey} />}
        {shown === 'story' && <Story caseKey={caseKey} />}
        {shown === 'diagram' && (
          <Suspense fallback={<Skeleton height={320} />}>
            <CaseDiagram caseKey={caseKey} />
          </Suspense>
        )}
      </TabPanel>
    </aside>
  );
}
