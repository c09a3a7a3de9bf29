import type { RegisterChangeView, RegisterDetail } from '#contract';
import { fieldLabel } from '#engine';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rowHistoryQuery } from '../api/registers.ts';
import { formatInstant } from '../format/instant.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { useTelling } from '../ui/use-language.ts';
import { cellText } from './cell-text.ts';
import { openRegister } from './row-form.ts';
import styles from './row-panel.module.css';

const KINDS = { created: 'changeCreated', updated: 'changeUpdated', deleted: 'changeDeleted' } as const;
const ORIGINS = { edit: null, import: 'originImport', process: 'originProcess', demo: 'originDemo' } as const;

/** Who changed what in a row and when, the latest first. */
export function RowHistory({ detail, rowKey }: { readonly detail: RegisterDetail; readonly rowKey: string }) {
  const { t } = useTranslation();
  const query = useQuery(rowHistoryQuery(detail.registerKey, rowKey));
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton height={160} />;
  if (query.data.length === 0) return <p className={styles.quiet}>{t('registers.historyEmpty')}</p>;
  return (
    <ol className={styles.history}>
      {query.data.map((change) => (
        <Change key={change.version} detail={detail} change={change} />
      ))}
    </ol>
  );
}

function Change({ detail, change }: { readonly detail: RegisterDetail; readonly change: RegisterChangeView }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const { form } = openRegister(detail).model;
  const words = { form, language: telling.language, yes: t('registers.yes'), no: t('registers.no') };
  const origin = ORIGINS[change.origin];
  const told = (name: string, value: unknown): string =>
    cellText(form.fieldsByName.get(name), value, words) || t('registers.nothing');
  return (
    <li>
      <p className={styles.changeHead}>
        <strong>{t(`registers.${KINDS[change.kind]}`)}</strong>
        {origin !== null && ` · ${t(`registers.${origin}`)}`}
      </p>
      <p className={styles.quiet}>
        {change.by ?? t('registers.bySystem')}, <time dateTime={change.at}>{formatInstant(change.at, telling)}</time>
      </p>
      {change.kind === 'updated' && (
        <ul className={styles.changes}>
          {change.changes.map(({ field, from, to }) => {
            const known = form.fieldsByName.get(field);
            return (
              <li key={field}>
                {known === undefined ? field : fieldLabel(form, telling.language, known)}:{' '}
                <del>{told(field, from)}</del> <ins>{told(field, to)}</ins>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
