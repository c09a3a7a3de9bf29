import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { processQuery } from '../api/processes.ts';
import { sessionQuery } from '../api/session.ts';
import frame from '../ui/editor-frame.module.css';
import { ErrorState } from '../ui/state-view.tsx';
import { ProcessEditor } from './process-editor.tsx';

const route = getRouteApi('/app/processes/$processId');

/** One process: its diagram, the forms of its steps, its versions. */
export function ProcessScreen() {
  const { t } = useTranslation();
  const { processId } = route.useParams();
  const query = useQuery(processQuery(processId));
  const session = useQuery(sessionQuery).data;
  if (query.data === undefined && query.isError)
    return (
      <ErrorState
        error={query.error}
        onRetry={() => void query.refetch()}
        missing={{
          title: t('processes.missing'),
          lead: t('processes.missingLead'),
          action: (
            <Button component={Link} to="/processes" variant="default">
              {t('processes.back')}
            </Button>
          ),
        }}
      />
    );
  if (query.data === undefined || !session)
    return (
      <div className={frame.skeleton} role="status" aria-busy aria-label={t('common.loading')}>
        <Skeleton height={40} />
        <Skeleton height={260} />
        <Skeleton height={260} />
      </div>
    );
  return <ProcessEditor key={processId} design={query.data} username={session.user.username} />;
}
