import type { ProcessSummary } from '#contract';
import { Button } from '@mantine/core';
import { IconFileUpload, IconFilterOff, IconPlayerPause, IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { processesQuery } from '../api/processes.ts';
import { formatInstant } from '../format/instant.ts';
import list from '../ui/list-screen.module.css';
import { ListSearch } from '../ui/list-search.tsx';
import { ListSkeleton } from '../ui/list-skeleton.tsx';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTelling } from '../ui/use-language.ts';
import { useTitle } from '../ui/use-title.ts';
import styles from './process-list-screen.module.css';
import { runningText } from './running-text.ts';

/** Every process that is deployed, in its latest version. */
export function ProcessListScreen() {
  const { t } = useTranslation();
  const query = useQuery(processesQuery);
  const [search, setSearch] = useState('');
  useTitle(t('processes.title'));
  const processes = query.data?.items ?? [];
  const wanted = search.trim().toLowerCase();
  const found = processes.filter(({ name, processId }) => `${name} ${processId}`.toLowerCase().includes(wanted));
  return (
    <section className={list.screen} aria-labelledby="processes-title">
      <header className={list.header}>
        <h1 id="processes-title">{t('processes.title')}</h1>
        <ListSearch label={t('processes.search')} value={search} onChange={setSearch} />
        <PublishFiles />
      </header>
      <div className={list.rows}>
        {query.isPending && <ListSkeleton label={t('processes.loading')} rows={6} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && processes.length === 0 && (
          <StateView icon={IconSitemap} title={t('processes.empty')} lead={t('processes.emptyLead')}>
            <PublishFiles />
          </StateView>
        )}
        {processes.length > 0 && found.length === 0 && (
          <StateView icon={IconFilterOff} title={t('processes.nothingFound')} lead={t('processes.nothingFoundLead')} />
        )}
        {found.length > 0 && <ProcessTable processes={found} />}
      </div>
    </section>
  );
}

function PublishFiles() {
  const { t } = useTranslation();
  return (
    <Button component={Link} to="/publish" leftSection={<IconFileUpload size={16} aria-hidden />}>
      {t('processes.publishFiles')}
    </Button>
  );
}

function ProcessTable({ processes }: { readonly processes: readonly ProcessSummary[] }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const navigate = useNavigate();
  return (
    <table className={list.table} aria-label={t('processes.title')}>
      <thead>
        <tr>
          <th scope="col">{t('processes.columnName')}</th>
          <th scope="col" data-wide-only>
            {t('processes.columnKey')}
          </th>
          <th scope="col">{t('processes.columnVersion')}</th>
          <th scope="col">{t('processes.columnWhen')}</th>
          <th scope="col" data-figures>
            {t('processes.columnRunning')}
          </th>
        </tr>
      </thead>
      <tbody>
        {processes.map(({ processId, name, version, at, byName, running, suspendedAt }) => (
          <tr key={processId} onClick={() => void navigate({ to: '/processes/$processId', params: { processId } })}>
            <td>
              <Link to="/processes/$processId" params={{ processId }} className={list.name}>
                {name}
              </Link>
            </td>
            <td data-wide-only className="r-mono">
              {processId}
            </td>
            <td className={styles.version}>
              {t('processes.version', { version })}
              {suspendedAt !== null && (
                <span className={styles.suspended}>
                  <IconPlayerPause size={14} aria-hidden /> {t('processes.suspended')}
                </span>
              )}
            </td>
            <td className={styles.when}>
              {byName === null
                ? formatInstant(at, telling)
                : t('processes.byWhom', { when: formatInstant(at, telling), name: byName })}
            </td>
            <td className={styles.running} data-figures data-words={runningText(running, t)}>
              {running}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
