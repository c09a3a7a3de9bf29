import type { RegisterDetail } from '#contract';
import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { registerRowQuery } from '../api/registers.ts';
import { formatInstant } from '../format/instant.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { TabBar } from '../ui/tab-bar.tsx';
import { useTelling } from '../ui/use-language.ts';
import { RowEditor } from './row-editor.tsx';
import { RowHistory } from './row-history.tsx';
import styles from './row-panel.module.css';

interface RowPanelProps {
  readonly detail: RegisterDetail;
  /** Null is a new row. */
  readonly rowKey: string | null;
  readonly onOpen: (rowKey: string) => void;
  readonly onClose: () => void;
}

type Tab = 'fields' | 'history';

/** One row beside the grid: its fields and its history. Esc closes. */
export function RowPanel({ detail, rowKey, onOpen, onClose }: RowPanelProps) {
  const { t } = useTranslation();
  const telling = useTelling();
  const [tab, setTab] = useState<Tab>('fields');
  const [edition, setEdition] = useState(0);
  const query = useQuery({ ...registerRowQuery(detail.registerKey, rowKey ?? ''), enabled: rowKey !== null });
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [rowKey]);
  const row = query.data;
  const reopen = async (): Promise<void> => {
    await query.refetch();
    setEdition((one) => one + 1);
  };
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-labelledby="row-title"
      onKeyDown={(event) => {
        // A list inside closes itself first.
        if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[role="listbox"]')) onClose();
      }}
    >
      <header className={styles.head}>
        <div className={styles.titles}>
          <h2 id="row-title" ref={heading} tabIndex={-1} className={styles.title}>
            {rowKey === null ? t('registers.newRow') : (row?.label ?? rowKey)}
          </h2>
          {row !== undefined && (
            <p className={styles.quiet}>
              {t('registers.changedAt', {
                at: formatInstant(row.updatedAt, telling),
                by: row.updatedBy ?? t('registers.bySystem'),
              })}
            </p>
          )}
        </div>
        <ActionIcon variant="subtle" color="gray" size={36} onClick={onClose} aria-label={t('registers.close')}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      {rowKey !== null && (
        <div className={styles.tabs}>
          <TabBar
            id="row"
            label={t('registers.fields')}
            tabs={[
              { value: 'fields', label: t('registers.fields') },
              { value: 'history', label: t('registers.history') },
            ]}
            value={tab}
            onChange={setTab}
          />
        </div>
      )}
      <div
        id="row-panel"
        role={rowKey === null ? undefined : 'tabpanel'}
        aria-labelledby={rowKey === null ? undefined : `row-tab-${tab}`}
        className={styles.body}
      >
        {rowKey === null && (
          <RowEditor
            key={`new-${edition}`}
            detail={detail}
            row={null}
            onSaved={(saved) => onOpen(saved.rowKey)}
            onGone={onClose}
          />
        )}
        {rowKey !== null && query.isError && (
          <ErrorState
            error={query.error}
            onRetry={() => void query.refetch()}
            missing={{
              title: t('registers.rowGone'),
              lead: t('registers.rowGoneLead'),
              action: (
                <Button variant="default" onClick={onClose}>
                  {t('registers.close')}
                </Button>
              ),
            }}
          />
        )}
        {rowKey !== null && query.isPending && <Skeleton height={240} />}
        {rowKey !== null && row !== undefined && tab === 'fields' && (
          <RowEditor
            key={`${rowKey}-${edition}`}
            detail={detail}
            row={row}
            onSaved={() => void reopen()}
            onGone={onClose}
          />
        )}
        {rowKey !== null && tab === 'history' && (
          <div className={styles.scroll}>
            <RowHistory detail={detail} rowKey={rowKey} />
          </div>
        )}
      </div>
    </aside>
  );
}
