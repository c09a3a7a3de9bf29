import type { RegisterRow } from '#contract';
import { fieldLabel, type RegisterModel } from '#engine';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PHONE_WIDTH } from '../theme/tokens.ts';
import { useLanguage } from '../ui/use-language.ts';
import { cellText, isFigure } from './cell-text.ts';
import styles from './register-grid.module.css';
import type { RegisterSearch } from './register-search.ts';

const ROW = 36;
const CARD = 84;
/** The next page is asked for when so few rows are left below. */
const AHEAD = 30;

interface RegisterGridProps {
  readonly register: RegisterModel;
  readonly rows: readonly RegisterRow[];
  readonly total: number;
  readonly search: RegisterSearch;
  readonly stale: boolean;
  readonly onSort: (field: string) => void;
  readonly onEnd: () => void;
}

/** The rows, of which only those in sight are drawn. On a phone each is a card. */
export function RegisterGrid({ register, rows, total, search, stale, onSort, onEnd }: RegisterGridProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const phone = useMediaQuery(`(max-width: ${PHONE_WIDTH - 1}px)`, false, { getInitialValueInEffect: false });
  const { form, display, indexed, keyField } = register;
  const words = { form, language, yes: t('registers.yes'), no: t('registers.no') };
  const fields = useMemo(() => display.columns.map((name) => form.fieldsByName.get(name)!), [form, display]);
  const scroller = useRef<HTMLDivElement>(null);
  const size = phone ? CARD : ROW;
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler leaves this component alone, and that is right: it scrolls
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, size]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD) onEnd();
  }, [last, rows.length, onEnd]);
  const sorted = search.sort ?? keyField;
  return (
    <div className={styles.scroller} ref={scroller} data-stale={stale || undefined} tabIndex={-1}>
      <div role="table" aria-label={t('registers.grid')} aria-rowcount={total + 1} className={styles.table}>
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.headRow}>
            {fields.map((field) => {
              const current = sorted === field.name;
              const direction = search.order === 'desc' ? 'descending' : 'ascending';
              const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp;
              const label = fieldLabel(form, language, field);
              return (
                <div
                  key={field.name}
                  role="columnheader"
                  className={styles.cell}
                  data-figure={isFigure(field) || undefined}
                  data-label={field.name === display.label || undefined}
                  aria-sort={current ? direction : undefined}
                >
                  {indexed.includes(field.name) ? (
                    <button type="button" className={styles.sort} onClick={() => onSort(field.name)}>
                      {label}
                      {current && <Arrow size={14} aria-hidden />}
                    </button>
                  ) : (
                    label
                  )}
                </div>
              );
            })}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const { rowKey, values, labels } = rows[item.index]!;
            return (
              <div
                key={rowKey}
                role="row"
                aria-rowindex={item.index + 2}
                className={styles.row}
                data-selected={search.row === rowKey || undefined}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {fields.map((field, index) => {
                  const text = cellText(field, values[field.name], words, labels[field.name]);
                  return (
                    <div
                      key={field.name}
                      role="cell"
                      className={styles.cell}
                      data-figure={isFigure(field) || undefined}
                      data-label={field.name === display.label || undefined}
                      data-flag={field.kind === 'boolean' || undefined}
                      title={text}
                    >
                      {index === 0 ? (
                        <Link
                          to="/registers/$registerKey"
                          params={{ registerKey: register.key }}
                          search={(before) => ({ ...(before as RegisterSearch), row: rowKey, add: undefined })}
                          replace={search.row !== undefined}
                          className={styles.link}
                        >
                          {text === '' ? rowKey : text}
                        </Link>
                      ) : (
                        text
                      )}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
