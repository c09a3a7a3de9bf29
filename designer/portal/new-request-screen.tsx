import { Skeleton } from '@mantine/core';
import { IconChevronRight, IconFileOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { portalStartsQuery } from '../api/portal.ts';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTitle } from '../ui/use-title.ts';
import { PortalPage } from './portal-page.tsx';
import styles from './portal.module.css';

/** What may be filed. */
export function NewRequestScreen() {
  const { t } = useTranslation();
  const query = useQuery(portalStartsQuery);
  useTitle(t('portal.newRequest'));
  return (
    <PortalPage>
      <h1>{t('portal.newRequest')}</h1>
      {query.isPending && <Skeleton height={56} />}
      {query.isError && query.data === undefined && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.items.length === 0 && (
        <StateView icon={IconFileOff} title={t('portal.noStarts')} lead={t('portal.noStartsLead')} />
      )}
      {query.data !== undefined && query.data.items.length > 0 && (
        <>
          <p className={styles.lead}>{t('portal.newRequestLead')}</p>
          <ul className={styles.list}>
            {query.data.items.map(({ key, title }) => (
              <li key={key} className={styles.card}>
                <Link to="/portal/new/$startKey" params={{ startKey: key }} className={styles.choice}>
                  {title}
                  <IconChevronRight size={20} aria-hidden />
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </PortalPage>
  );
}
