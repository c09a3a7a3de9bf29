import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { documentsQuery } from '../api/cases.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { DocumentList } from './document-list.tsx';
import styles from './document-list.module.css';

/** Papers the case produced. */
export function CaseDocuments({ caseKey }: { readonly caseKey: string }) {
  const { t } = useTranslation();
  const query = useQuery(documentsQuery(caseKey));
  if (query.isPending) return <Skeleton height={64} />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return <p className={styles.none}>{t('case.noDocuments')}</p>;
  return (
    <DocumentList
      documents={query.data}
      note={({ shownTo }) => shownTo.length > 0 && t('case.documentShownTo', { whom: shownTo.join('; ') })}
    />
  );
}
