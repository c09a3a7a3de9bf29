import type { StoryEntry } from '#contract';
import { Skeleton, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconBolt,
  IconChecklist,
  IconClockExclamation,
  IconFileText,
  IconFlag,
  IconHistoryOff,
  IconMail,
  IconMessage,
  IconPlayerPlay,
  type Icon,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { storyQuery } from '../api/cases.ts';
import { formatTimeOfDay } from '../format/instant.ts';
import { LoadMore } from '../ui/load-more.tsx';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTelling } from '../ui/use-language.ts';
import { groupByDay } from './group-by-day.ts';
import styles from './story.module.css';

const ICONS: Readonly<Record<StoryEntry['kind'], Icon>> = {
  mail: IconMail,
  start: IconPlayerPlay,
  task: IconChecklist,
  decision: IconArrowsSplit2,
  deadline: IconClockExclamation,
  document: IconFileText,
  message: IconMessage,
  job: IconBolt,
  incident: IconAlertTriangle,
  end: IconFlag,
};

/** Who did what and why, in sentences, grouped by day. */
export function Story({ caseKey }: { readonly caseKey: string }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const query = useInfiniteQuery(storyQuery(caseKey));
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  if (query.isPending) return <StorySkeleton />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (entries.length === 0) return <StateView icon={IconHistoryOff} title={t('story.empty')} />;
  return (
    <div className={styles.story}>
      {groupByDay(entries, telling).map((group) => (
        <section key={`${group.day}-${group.entries[0]?.id}`}>
          <h3 className={styles.day}>{group.day}</h3>
          <ol className={styles.entries}>
            {group.entries.map((entry) => (
              <Entry key={entry.id} entry={entry} time={formatTimeOfDay(entry.at, telling)} />
            ))}
          </ol>
        </section>
      ))}
      <LoadMore
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onLoad={() => void query.fetchNextPage()}
      />
    </div>
  );
}

function Entry({ entry, time }: { readonly entry: StoryEntry; readonly time: string }) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(false);
  const Icon = ICONS[entry.kind];
  // A reason of one line is shown at once; only longer ones are folded.
  const folded = entry.details.length > 1;
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <span className={styles.icon} title={t(`story.kinds.${entry.kind}`)}>
        <Icon size={15} aria-hidden />
      </span>
      <div className={styles.content}>
        <p className={styles.text}>{entry.text}</p>
        {folded && (
          <UnstyledButton
            className={styles.toggle}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'story.hideDetails' : 'story.details')}
          </UnstyledButton>
        )}
        {(open || entry.details.length === 1) && (
          <ul className={styles.details} id={id}>
            {entry.details.map((detail, index) => (
              <li key={index}>{detail}</li>
            ))}
          </ul>
        )}
      </div>
      <time className={styles.time} dateTime={entry.at}>
        {time}
      </time>
    </li>
  );
}

function StorySkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.story} role="status" aria-busy aria-label={t('common.loading')}>
      <Skeleton height={14} width={90} />
      {['84%', '66%', '92%', '58%'].map((width) => (
        <Skeleton key={width} height={16} width={width} mt={14} />
      ))}
    </div>
  );
}
