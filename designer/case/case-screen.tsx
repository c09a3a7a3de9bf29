import type { CaseDetail } from '#contract';
import { Button, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { caseQuery } from '../api/cases.ts';
import { MailThread } from '../mail/mail-thread.tsx';
import { ErrorState } from '../ui/state-view.tsx';
import { TabBar, TabPanel } from '../ui/tab-bar.tsx';
import { useTitle } from '../ui/use-title.ts';
import { CaseDecisions } from './case-decisions.tsx';
import { CaseFacts } from './case-facts.tsx';
import { CaseHeader } from './case-header.tsx';
import styles from './case-screen.module.css';
import { CaseSuspended } from './case-suspended.tsx';
import { CASE_TABS, type CaseTab } from './case-tab.ts';
import { CaseWaits } from './case-waits.tsx';
import { Story } from './story.tsx';

const CaseDiagram = lazy(() =>
  import('../diagram/case-diagram.tsx').then((module) => ({ default: module.CaseDiagram })),
);
const CaseValues = lazy(() => import('./case-values.tsx').then((module) => ({ default: module.CaseValues })));
const route = getRouteApi('/app/cases/$caseKey');

/** What is this about: the way so far, the story, the facts, the papers. */
export function CaseScreen() {
  const { t } = useTranslation();
  const { caseKey } = route.useParams();
  const query = useQuery(caseQuery(caseKey));
  useTitle(query.data?.case.caseNumber ?? query.data?.case.title ?? t('cases.title'));
  if (query.data !== undefined) return <CaseContent key={caseKey} detail={query.data} />;
  if (query.isPending) return <CaseSkeleton />;
  const action = (
    <Button component={Link} to="/cases" variant="default">
      {t('case.toList')}
    </Button>
  );
  const missing = { title: t('case.notFound'), lead: t('case.notFoundLead'), action };
  return <ErrorState error={query.error} onRetry={() => void query.refetch()} missing={missing} />;
}

function CaseContent({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wide = useMediaQuery('(min-width: 1000px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const chosen = route.useSearch().tab ?? 'story';
  const tab: CaseTab = wide && chosen === 'facts' ? 'story' : chosen;
  const { caseKey } = detail.case;
  const tabs = CASE_TABS.filter((value) => !wide || value !== 'facts').map((value) => ({
    value,
    label: t(`case.tabs.${value}`),
  }));
  const choose = (next: CaseTab): void => {
    const search = next === 'story' ? {} : { tab: next };
    void navigate({ to: '/cases/$caseKey', params: { caseKey }, search, replace: true });
  };
  return (
    <article className={styles.case} aria-labelledby="case-title">
      <CaseHeader detail={detail} />
      {detail.suspendedAt !== null && <CaseSuspended caseKey={caseKey} since={detail.suspendedAt} />}
      <div className={styles.tabs}>
        <TabBar id="case" label={t('task.case')} tabs={tabs} value={tab} onChange={choose} />
      </div>
      <div className={styles.body} data-tab={tab}>
        <TabPanel id="case" value={tab} className={styles.panel}>
          <Suspense fallback={<Skeleton height={320} />}>
            {tab === 'story' && <Story caseKey={caseKey} />}
            {tab === 'waits' && <CaseWaits caseKey={caseKey} />}
            {tab === 'decisions' && <CaseDecisions caseKey={caseKey} />}
            {tab === 'facts' && <CaseFacts detail={detail} />}
            {tab === 'mail' && <MailThread caseKey={caseKey} />}
            {tab === 'diagram' && <CaseDiagram caseKey={caseKey} />}
            {tab === 'values' && <CaseValues caseKey={caseKey} />}
          </Suspense>
        </TabPanel>
        {wide && (tab === 'story' || tab === 'waits' || tab === 'decisions' || tab === 'mail') && (
          <aside className={styles.side} aria-label={t('case.facts')}>
            <CaseFacts detail={detail} />
          </aside>
        )}
      </div>
    </article>
  );
}

function CaseSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} role="status" aria-busy aria-label={t('common.loading')}>
      <Skeleton height={24} width="44%" />
      <Skeleton height={14} width="58%" />
      <Skeleton height={52} mt={8} />
      <Skeleton height={300} mt={16} />
    </div>
  );
}
