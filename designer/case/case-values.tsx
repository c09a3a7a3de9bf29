import type { VariableView } from '#contract';
import { Skeleton, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconChevronUp, IconDatabaseOff, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { variablesQuery } from '../api/cases.ts';
import { formatInstant } from '../format/instant.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './case-values.module.css';
import { hasMore, valueSummary } from './value-summary.ts';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});
const column = createColumnHelper<typeof features, VariableView>();
const COLUMNS = column.columns([
  column.accessor('name', { sortFn: 'alphanumeric' }),
  column.accessor('value', { enableSorting: false }),
  column.accessor('scope', { sortFn: 'alphanumeric' }),
  column.accessor('updatedAt', { id: 'updated', sortFn: 'alphanumeric', sortDescFirst: true }),
]);
type ColumnName = 'name' | 'value' | 'scope' | 'updated';
const NO_VALUES: readonly VariableView[] = [];

/** The raw data, for those who ask: every variable, its value as JSON, ready to copy. */
export function CaseValues({ caseKey }: { readonly caseKey: string }) {
  const { t } = useTranslation();
  const query = useQuery(variablesQuery(caseKey));
  const [text, setText] = useState('');
  const found = useMemo(() => {
    const part = text.trim().toLowerCase();
    return (query.data ?? NO_VALUES).filter((value) => value.name.toLowerCase().includes(part));
  }, [query.data, text]);
  if (query.isPending) return <Skeleton height={240} />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return <StateView icon={IconDatabaseOff} title={t('values.empty')} />;
  return (
    <div className={styles.values}>
      <TextInput
        className={styles.search}
        leftSection={<IconSearch size={16} />}
        placeholder={t('values.search')}
        aria-label={t('values.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ValueTable values={found} />
    </div>
  );
}

function ValueTable({ values }: { readonly values: readonly VariableView[] }) {
  const { t } = useTranslation();
  const table = useTable({
    features,
    columns: COLUMNS,
    data: values,
    getRowId: (value) => `${value.scope}/${value.name}`,
    initialState: { sorting: [{ id: 'name', desc: false }] },
  });
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {table.getFlatHeaders().map((header) => {
            const name = t(`values.${header.column.id as ColumnName}`);
            const sorted = header.column.getIsSorted();
            return (
              <th
                key={header.id}
                scope="col"
                data-column={header.column.id}
                aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
              >
                {header.column.getCanSort() ? (
                  <UnstyledButton
                    className={styles.sort}
                    onClick={header.column.getToggleSortingHandler()}
                    aria-label={t('values.sortBy', { column: name })}
                  >
                    {name}
                    {sorted === 'asc' && <IconChevronUp size={14} aria-hidden />}
                    {sorted === 'desc' && <IconChevronDown size={14} aria-hidden />}
                  </UnstyledButton>
                ) : (
                  name
                )}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <ValueRow key={row.id} value={row.original} />
        ))}
      </tbody>
    </table>
  );
}

function ValueRow({ value }: { readonly value: VariableView }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const [open, setOpen] = useState(false);
  const more = hasMore(value.value);
  const json = JSON.stringify(value.value, null, 2) ?? 'null';
  return (
    <>
      <tr>
        <td data-column="name" className="r-mono">
          {value.name}
        </td>
        <td data-column="value">
          <div className={styles.value}>
            {more ? (
              <UnstyledButton className={styles.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
                <span className="r-hidden">{t('values.showJson', { name: value.name })}: </span>
                <IconChevronRight size={14} aria-hidden className={styles.chevron} />
                <span>{valueSummary(value.value, telling.language)}</span>
              </UnstyledButton>
            ) : (
              <span>{valueSummary(value.value, telling.language)}</span>
            )}
            <CopyButton text={json} label={t('values.copyJson')} />
          </div>
        </td>
        <td data-column="scope">{value.scope}</td>
        <td data-column="updated">
          <time dateTime={value.updatedAt}>{formatInstant(value.updatedAt, telling)}</time>
        </td>
      </tr>
      {open && (
        <tr className={styles.jsonRow}>
          <td colSpan={4}>
            <pre className={styles.json} tabIndex={0}>
              {json}
            </pre>
          </td>
        </tr>
      )}
    </>
  );
}
