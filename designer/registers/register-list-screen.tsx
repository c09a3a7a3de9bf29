import { Skeleton } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { registersQuery } from '../api/registers.ts';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTitle } from '../ui/use-title.ts';
import styles from './register-list-screen.module.css';

/** The registers that the person may read. */
export function RegisterListScreen() {
  const { t } = useTranslation();
  const query = useQuery(registersQuery);
  useTitle(t('registers.title'));
  return (
    <section className={styles.screen} aria-labelledby="registers-title">
      <header className={styles.header}>
        <h1 id="registers-title">{t('registers.title')}</h1>
        <p className={styles.lead}>{t('registers.lead')}</p>
      </header>
      {query.isPending && (
        <div className={styles.list} role="status" aria-busy aria-label={t('common.loading')}>
          {Array.from({ length: 6 }, (_, index) => (
            <Skeleton key={index} height={64} radius={6} />
          ))}
        </div>
      )}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <StateView icon={IconBook2} title={t('registers.none')} lead={t('registers.noneLead')} />
      )}
      {query.data !== undefined && query.data.length > 0 && (
        <ul className={styles.list}>
          {query.data.map(({ registerKey, title, rows, mayWrite }) => (
            <li key={registerKey}>
              <Link to="/registers/$registerKey" params={{ registerKey }} className={styles.card}>
                <IconBook2 size={20} stroke={1.6} aria-hidden className={styles.icon} />
                <span className={styles.name}>{title}</span>
                <span className={styles.note}>
                  {t('registers.rows', { count: rows })}
                  {!mayWrite && ` · ${t('registers.readOnly')}`}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
