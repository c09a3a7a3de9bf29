import type { StageView } from '#contract';
import { IconAlertTriangleFilled, IconCheck, IconCircleFilled, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatElapsed } from '../format/working-time.ts';
import { useTelling } from '../ui/use-language.ts';
import styles from './stage-strip.module.css';

const ICONS = {
  done: IconCheck,
  current: IconCircleFilled,
  overdue: IconAlertTriangleFilled,
  canceled: IconX,
} as const;
const WORDS = {
  done: 'case.stageDone',
  current: 'case.stageNow',
  overdue: 'case.stageOverdue',
  canceled: 'case.stageCanceled',
} as const;

/** The way so far, in order: what is passed, how long it took and who held it, where the case stands. */
export function StageStrip({
  stages,
  compact = false,
}: {
  readonly stages: readonly StageView[];
  readonly compact?: boolean;
}) {
  const { t } = useTranslation();
  const strip = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // The present stands at the right end: a long strip opens there.
    if (strip.current !== null) strip.current.scrollLeft = strip.current.scrollWidth;
  }, [stages.length]);
  return (
    <ol
      ref={strip}
      className={styles.strip}
      data-compact={compact || undefined}
      aria-label={t('task.stages')}
      tabIndex={0}
    >
      {stages.map((stage, index) => (
        <Stage key={`${stage.elementId}-${index}`} stage={stage} compact={compact} />
      ))}
    </ol>
  );
}

function Stage({ stage, compact }: { readonly stage: StageView; readonly compact: boolean }) {
  const { t } = useTranslation();
  const { language, now } = useTelling();
  const Icon = ICONS[stage.state];
  const end = stage.endedAt === null ? now.getTime() : Date.parse(stage.endedAt);
  const elapsed = formatElapsed((end - Date.parse(stage.startedAt)) / 60_000, language);
  const open = stage.state === 'current' || stage.state === 'overdue';
  const name =
    open && !compact && stage.userTaskKey !== null ? (
      <Link
        to="/tasks/$userTaskKey"
        params={{ userTaskKey: stage.userTaskKey }}
        className={styles.link}
        aria-label={t('case.openTask', { name: stage.name })}
      >
        {stage.name}
      </Link>
    ) : (
      stage.name
    );
  return (
    <li className={styles.stage} data-state={stage.state} aria-current={open ? 'step' : undefined}>
      <span className={styles.name} title={stage.name}>
        <Icon size={open ? 10 : 13} stroke={2.4} className={styles.icon} aria-hidden />
        {name}
        <span className="r-hidden">{t(WORDS[stage.state])}</span>
      </span>
      {!compact && (
        <span className={styles.note}>
          {elapsed}
          {stage.heldBy !== null && ` · ${stage.heldBy}`}
        </span>
      )}
    </li>
  );
}
