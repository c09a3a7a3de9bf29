import { Skeleton } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { filesQuery } from '../api/cases.ts';
import { FileTiles } from '../files/file-tiles.tsx';
import { ErrorState, StateView } from '../ui/state-view.tsx';

const SOURCES = { mail: 'files.fromMail', form: 'files.fromForm', document: 'files.fromDocument' } as const;

/** Every file of the case, wherever it came from. */
export function CaseFiles({ caseKey }: { readonly caseKey: string }) {
  const { t } = useTranslation();
  const query = useQuery(filesQuery(caseKey));
  if (query.isPending) return <Skeleton height={120} />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return <StateView icon={IconFileOff} title={t('files.empty')} />;
  return (
    <FileTiles files={query.data} note={(file) => [t(SOURCES[file.source]), file.by].filter(Boolean).join(' · ')} />
  );
}
