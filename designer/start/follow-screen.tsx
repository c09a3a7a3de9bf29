import { Skeleton } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { progressQuery } from '../api/starts.ts';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTitle } from '../ui/use-title.ts';
import { CaseProgressView } from './case-progress.tsx';
import { OutsideFrame } from './outside-frame.tsx';

/** A link that was cut on its way is no question for the server. */
const WHOLE = /^[A-Za-z0-9_-]{43}$/;

/** How a case goes, for whoever has its link. The token stands behind the `#`, which no browser sends anywhere. */
export function FollowScreen() {
  const { t } = useTranslation();
  const token = useRouterState({ select: ({ location }) => location.hash });
  const whole = WHOLE.test(token);
  const query = useQuery({ ...progressQuery(token), enabled: whole, retry: false });
  const number = query.data?.caseNumber ?? '';
  useTitle(number === '' ? t('start.follow') : t('start.followTitle', { number }));
  const missing = { title: t('start.followMissing'), lead: t('start.followMissingLead'), action: null };
  return (
    <OutsideFrame>
      {query.data !== undefined ? (
        <CaseProgressView progress={query.data} />
      ) : !whole ? (
        <StateView icon={IconSearchOff} title={missing.title} lead={missing.lead} />
      ) : query.isPending ? (
        <Skeleton height={240} />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} missing={missing} />
      )}
    </OutsideFrame>
  );
}
