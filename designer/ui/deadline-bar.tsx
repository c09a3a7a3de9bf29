import type { DeadlineView } from '#contract';
import { Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconClock, IconHourglassLow, IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { deadlineLines, deadlineWords, type DeadlineTone } from '../format/deadline.ts';
import styles from './deadline-bar.module.css';
import { useTelling } from './use-language.ts';

const ICONS = {
  calm: IconClock,
  soon: IconHourglassLow,
  late: IconAlertTriangleFilled,
  paused: IconPlayerPause,
} as const satisfies Readonly<Record<DeadlineTone, unknown>>;

/** The heartbeat of every list: words in working time, an icon, and a thin bar that empties. */
export function DeadlineBar({
  deadline,
  wide = false,
}: {
  readonly deadline: DeadlineView | null;
  readonly wide?: boolean;
}) {
  const { t } = useTranslation();
  const telling = useTelling();
  if (deadline === null) return <span className={styles.none}>{t('deadline.none')}</span>;
  const { tone, text, share } = deadlineWords(deadline, telling.language);
  const Icon = ICONS[tone];
  const lines = deadlineLines(deadline, telling);
  return (
    <Tooltip label={lines.join('\n')} classNames={{ tooltip: styles.tooltip }} position="bottom-start">
      <span className={styles.deadline} data-tone={tone} data-wide={wide || undefined}>
        <span className={styles.words}>
          <Icon size={14} aria-hidden className={styles.icon} />
          {text}
        </span>
        <span className={styles.track} aria-hidden>
          <span className={styles.fill} style={{ width: `${tone === 'late' ? 100 : Math.round(share * 100)}%` }} />
        </span>
        <span className="r-hidden">{lines.join('. ')}</span>
      </span>
    </Tooltip>
  );
}
