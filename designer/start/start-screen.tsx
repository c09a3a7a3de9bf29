import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { startFormQuery, type StartPlace } from '../api/starts.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useTitle } from '../ui/use-title.ts';
import { OutsideFrame } from './outside-frame.tsx';
import { StartReceiptView } from './start-receipt.tsx';
import { StartWork, titleOf } from './start-work.tsx';
import styles from './start.module.css';

const route = getRouteApi('/start/$startKey');

/** A form that anybody fills who has its link, on a phone as a rule. */
export function StartScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { startKey } = route.useParams();
  const place: StartPlace = { door: 'public', startKey };
  const query = useQuery({ ...startFormQuery(place), retry: false });
  const title = query.data === undefined ? '' : titleOf(query.data.definition, language);
  useTitle(title);
  if (query.data === undefined) {
    const missing = { title: t('start.missing'), lead: t('start.missingLead'), action: null };
    return (
      <OutsideFrame>
        {query.isPending ? (
          <Skeleton height={320} />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} missing={missing} />
        )}
      </OutsideFrame>
    );
  }
  return (
    <StartWork
      key={startKey}
      place={place}
      view={query.data}
      page={({ content, footer }) => (
        <OutsideFrame footer={footer}>
          <h1 className={styles.title}>{title}</h1>
          {content}
        </OutsideFrame>
      )}
      receipt={(receipt, again) => <StartReceiptView receipt={receipt} onAgain={again} />}
    />
  );
}
