import type { CaseSummary } from '#contract';
import { Skeleton, TextInput } from '@mantine/core';
import { IconBriefcase, IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { casesQuery } from '../api/cases.ts';
import { LoadMore } from '../ui/load-more.tsx';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { TabBar } from '../ui/tab-bar.tsx';
import { useSearchText } from '../ui/use-search-text.ts';
import { useTitle } from '../ui/use-title.ts';
import styles from './case-list-screen.module.css';
import { CaseRow } from './case-row.tsx';
import { CASE_STATES, caseFilter, type CaseSearch, type CaseState } from './case-search.ts';

const route = getRouteApi('/app/cases');
const TABS: readonly ('any' | CaseState)[] = ['any', ...CASE_STATES];

/** Every case the person may see, newest first, found by number, title or client. */
export function CaseListScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = route.useSearch();
  const query = useInfiniteQuery({ ...casesQuery(caseFilter(search)), placeholderData: (previous) => previous });
  const cases = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const change = (next: CaseSearch): void => void navigate({ to: '/cases', search: next, replace: true });
  const [text, setText] = useSearchText(search.q ?? '', (q) => change({ ...search, q: q === '' ? undefined : q }));
  useTitle(t('cases.title'));
  return (
    <section className={styles.screen} aria-labelledby="cases-title">
      <header className={styles.header}>
        <div className={styles.line}>
          <h1 id="cases-title">{t('cases.title')}</h1>
          <TextInput
            className={styles.search}
            leftSection={<IconSearch size={16} />}
            placeholder={t('cases.search')}
            aria-label={t('cases.search')}
            type="search"
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <TabBar
          id="cases"
          label={t('cases.state')}
          tabs={TABS.map((value) => ({ value, label: t(`cases.states.${value}`) }))}
          value={search.state ?? 'any'}
          onChange={(state) => change({ ...search, state: state === 'any' ? undefined : state })}
        />
      </header>
      <div
        className={styles.rows}
        id="cases-panel"
        role="tabpanel"
        aria-labelledby={`cases-tab-${search.state ?? 'any'}`}
        tabIndex={-1}
      >
        {query.isPending && <ListSkeleton />}
        {query.isError && query.data === undefined && (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.data !== undefined && cases.length === 0 && (
          <Empty narrowed={search.q !== undefined || search.state !== undefined} />
        )}
        {cases.length > 0 && <CaseTable cases={cases} stale={query.isPlaceholderData} />}
        <LoadMore
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onLoad={() => void query.fetchNextPage()}
        />
      </div>
    </section>
  );
}

function CaseTable({ cases, stale }: { readonly cases: readonly CaseSummary[]; readonly stale: boolean }) {
  const { t } = useTranslation();
  const columns = ['number', 'case', 'client', 'stage', 'deadline', 'started'] as const;
  return (
    <table className={styles.table} data-stale={stale || undefined} aria-label={t('cases.list')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" data-column={column}>
              {t(`cases.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cases.map((item) => (
          <CaseRow key={item.caseKey} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function Empty({ narrowed }: { readonly narrowed: boolean }) {
  const { t } = useTranslation();
  if (narrowed)
    return <StateView icon={IconFilterOff} title={t('cases.emptyFound')} lead={t('cases.emptyFoundLead')} />;
  return <StateView icon={IconBriefcase} title={t('cases.empty')} lead={t('cases.emptyLead')} />;
}

function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} role="status" aria-busy aria-label={t('common.loading')}>
      {Array.from({ length: 12 }, (_, index) => (
        <Skeleton key={index} height={14} width={`${62 + ((index * 17) % 33)}%`} />
      ))}
    </div>
  );
}
