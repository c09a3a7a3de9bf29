import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { taskQuery } from '../api/tasks.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { TaskSkeleton } from './task-skeleton.tsx';
import { TaskWork } from './task-work.tsx';

const route = getRouteApi('/app/tasks/$userTaskKey');

export function TaskScreen() {
  const { t } = useTranslation();
  const { userTaskKey } = route.useParams();
  const query = useQuery(taskQuery(userTaskKey));
  if (query.data !== undefined) return <TaskWork key={userTaskKey} detail={query.data} />;
  if (query.isPending) return <TaskSkeleton />;
  const action = (
    <Button component={Link} to="/tasks" variant="default">
      {t('task.toList')}
    </Button>
  );
  const missing = { title: t('task.notFound'), lead: t('task.notFoundLead'), action };
  return <ErrorState error={query.error} onRetry={() => void query.refetch()} missing={missing} />;
}
