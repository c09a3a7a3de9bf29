import { Skeleton } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { portalCasesQuery } from '../api/portal.ts';
import { LoadMore } from '../ui/load-more.tsx';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTitle } from '../ui/use-title.ts';
import { CaseCard } from './case-card.tsx';
import { PortalPage } from './portal-page.tsx';
import styles from './portal.module.css';

/** Every case that the organisation has begun or worked on. */
export function PortalCasesScreen() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(portalCasesQuery);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  useTitle(t('portal.cases'));
  return (
    <PortalPage>
      <h1>{t('portal.cases')}</h1>
      {query.isPending && <Skeleton height={240} />}
      {query.isError && query.data === undefined && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && items.length === 0 && (
        <StateView icon={IconInbox} title={t('portal.noCases')} lead={t('portal.noCasesLead')} />
      )}
      <ul className={styles.list}>
        {items.map((item) => (
          <CaseCard key={item.caseKey} item={item} />
        ))}
      </ul>
      <LoadMore
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onLoad={() => void query.fetchNextPage()}
      />
    </PortalPage>
  );
}
