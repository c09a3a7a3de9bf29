import type { CaseWaitView } from '#contract';
import { Skeleton } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheck, IconClockHour4, IconPlayerPauseFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { waitsQuery } from '../api/cases.ts';
import { formatInstant } from '../format/instant.ts';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './case-waits.module.css';

const ICONS = { waiting: IconClockHour4, overdue: IconAlertTriangleFilled, stopped: IconPlayerPauseFilled } as const;

/** Why the case does not go on: every place at which it stands, what it waits for, what may happen meanwhile. */
export function CaseWaits({ caseKey }: { readonly caseKey: string }) {
  const { t } = useTranslation();
  const query = useQuery(waitsQuery(caseKey));
  if (query.isPending) return <Skeleton height={240} />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) {
    return <StateView icon={IconCircleCheck} title={t('waits.empty')} lead={t('waits.emptyLead')} />;
  }
  const several = new Set(query.data.map(({ processInstanceKey }) => processInstanceKey)).size > 1;
  return (
    // Focusable, so that a keyboard can scroll what has no control of its own.
    <ul className={styles.waits} aria-label={t('case.tabs.waits')} tabIndex={0}>
      {query.data.map((wait) => (
        <Wait key={wait.id} wait={wait} showProcess={several} />
      ))}
    </ul>
  );
}

function Wait({ wait, showProcess }: { readonly wait: CaseWaitView; readonly showProcess: boolean }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const Icon = ICONS[wait.state];
  return (
    <li className={styles.wait} data-state={wait.state}>
      <span className={styles.icon} aria-hidden>
        <Icon size={16} />
      </span>
      <div className={styles.body}>
        <h2 className={styles.title}>
          {wait.title}
          {wait.state !== 'waiting' && <span className={styles.state}>{t(`waits.${wait.state}`)}</span>}
        </h2>
        <p className={styles.since}>
          {showProcess && `${wait.processName} · `}
          <time dateTime={wait.since}>{t('waits.since', { when: formatInstant(wait.since, telling) })}</time>
        </p>
        {wait.reasons.map((reason) => (
          <p key={reason} className={styles.reason}>
            {reason}
          </p>
        ))}
        {wait.possible.length > 0 && (
          <>
            <p className={styles.meanwhile}>{t('waits.meanwhile')}</p>
            <ul className={styles.possible}>
              {wait.possible.map((event) => (
                <li key={event}>{event}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </li>
  );
}
