import type { RegisterDetail } from '#contract';
import { ActionIcon, Button, Menu, Skeleton, TextInput } from '@mantine/core';
import { IconBook2, IconChevronLeft, IconDots, IconFilterOff, IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportUrl } from '../api/register-files.ts';
import { registerQuery, registerRowsQuery } from '../api/registers.ts';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useSearchText } from '../ui/use-search-text.ts';
import { useTitle } from '../ui/use-title.ts';
import { ImportWindow } from './import-window.tsx';
import { RegisterFilters } from './register-filters.tsx';
import { RegisterGrid } from './register-grid.tsx';
import { registerFilter, type RegisterSearch } from './register-search.ts';
import styles from './register-screen.module.css';
import { openRegister } from './row-form.ts';
import { RowPanel } from './row-panel.tsx';

const route = getRouteApi('/app/registers/$registerKey');

/** One register: its rows in a grid, one of them open beside it. */
export function RegisterScreen() {
  const { t } = useTranslation();
  const { registerKey } = route.useParams();
  const query = useQuery(registerQuery(registerKey));
  useTitle(query.data?.title ?? t('registers.title'));
  if (query.isError)
    return (
      <ErrorState
        error={query.error}
        onRetry={() => void query.refetch()}
        missing={{
          title: t('registers.missing'),
          lead: t('registers.missingLead'),
          action: (
            <Button component={Link} to="/registers" variant="default">
              {t('registers.back')}
            </Button>
          ),
        }}
      />
    );
  if (query.data === undefined) return <ScreenSkeleton />;
  return <OpenRegister detail={query.data} />;
}

function OpenRegister({ detail }: { readonly detail: RegisterDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = route.useSearch();
  const { registerKey, mayWrite } = detail;
  const { model } = openRegister(detail);
  const query = useInfiniteQuery({
    ...registerRowsQuery(registerKey, registerFilter(search)),
    placeholderData: (previous) => previous,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total ?? 0;
  const change = (next: RegisterSearch): void =>
    void navigate({ to: '/registers/$registerKey', params: { registerKey }, search: next, replace: true });
  const [text, setText] = useSearchText(search.q ?? '', (q) => change({ ...search, q: q === '' ? undefined : q }));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const sort = (field: string): void => {
    const again = (search.sort ?? model.keyField) === field;
    change({ ...search, sort: field, order: again && search.order === undefined ? 'desc' : undefined });
  };
  const [importing, setImporting] = useState(false);
  const narrowed = search.q !== undefined || search.where !== undefined;
  const open = search.add === true ? null : search.row;
  const close = (): void => change({ ...search, row: undefined, add: undefined });
  return (
    <section className={styles.screen} aria-labelledby="register-title">
      <header className={styles.header}>
        <Link to="/registers" className={styles.back}>
          <IconChevronLeft size={16} aria-hidden />
          {t('registers.back')}
        </Link>
        <div className={styles.line}>
          <h1 id="register-title">{detail.title}</h1>
          <span className={styles.count} role="status">
            {query.data !== undefined && t(narrowed ? 'registers.found' : 'registers.rows', { count: total })}
          </span>
          <div className={styles.actions}>
            <TextInput
              className={styles.search}
              leftSection={<IconSearch size={16} />}
              placeholder={t('registers.search')}
              aria-label={t('registers.search')}
              type="search"
              maxLength={200}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            {mayWrite && (
              <Button
                leftSection={<IconPlus size={16} />}
                onClick={() => change({ ...search, row: undefined, add: true })}
              >
                {t('registers.add')}
              </Button>
            )}
            <Menu position="bottom-end" shadow="md">
              <Menu.Target>
                <ActionIcon variant="default" size={36} aria-label={t('registers.more')}>
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {mayWrite && <Menu.Item onClick={() => setImporting(true)}>{t('registers.import')}</Menu.Item>}
                <Menu.Label>{t('registers.export')}</Menu.Label>
                <Menu.Item component="a" href={exportUrl(registerKey, 'xlsx', registerFilter(search))} download>
                  {t('registers.exportXlsx')}
                </Menu.Item>
                <Menu.Item component="a" href={exportUrl(registerKey, 'csv', registerFilter(search))} download>
                  {t('registers.exportCsv')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </div>
        </div>
        <RegisterFilters
          register={model}
          where={search.where ?? {}}
          onChange={(where) => change({ ...search, where })}
        />
      </header>
      {importing && <ImportWindow detail={detail} onClose={() => setImporting(false)} />}
      <div className={styles.content}>
        {query.isPending && <GridSkeleton />}
        {query.isError && query.data === undefined && (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.data !== undefined && rows.length === 0 && (
          <Empty narrowed={narrowed} onImport={mayWrite ? () => setImporting(true) : undefined} />
        )}
        {rows.length > 0 && (
          <RegisterGrid
            register={model}
            rows={rows}
            total={total}
            search={search}
            stale={query.isPlaceholderData}
            onSort={sort}
            onEnd={more}
          />
        )}
        {open !== undefined && (
          <RowPanel
            key={open ?? 'new'}
            detail={detail}
            rowKey={open}
            onOpen={(rowKey) => change({ ...search, row: rowKey, add: undefined })}
            onClose={close}
          />
        )}
      </div>
    </section>
  );
}

function Empty({ narrowed, onImport }: { readonly narrowed: boolean; readonly onImport: (() => void) | undefined }) {
  const { t } = useTranslation();
  if (narrowed)
    return (
      <div className={styles.empty}>
        <StateView icon={IconFilterOff} title={t('registers.emptyFound')} lead={t('registers.emptyFoundLead')} />
      </div>
    );
  return (
    <div className={styles.empty}>
      <StateView
        icon={IconBook2}
        title={t('registers.empty')}
        lead={t(onImport ? 'registers.emptyLead' : 'registers.emptyRead')}
      >
        {onImport && (
          <Button variant="default" onClick={onImport}>
            {t('registers.import')}
          </Button>
        )}
      </StateView>
    </div>
  );
}

function ScreenSkeleton() {
  const { t } = useTranslation();
  return (
    <section className={styles.screen} role="status" aria-busy aria-label={t('common.loading')}>
      <header className={styles.header}>
        <Skeleton height={26} width={240} mt={24} mb={12} />
      </header>
      <GridSkeleton />
    </section>
  );
}

function GridSkeleton() {
  return (
    <div className={styles.skeleton}>
      {Array.from({ length: 14 }, (_, index) => (
        <Skeleton key={index} height={14} width={`${62 + ((index * 17) % 33)}%`} />
      ))}
    </div>
  );
}
