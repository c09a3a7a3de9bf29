import type { DeadlineView, Language } from '#contract';
import { i18n } from '../texts/i18n.ts';
import { formatInstant, sameClock, type Telling } from './instant.ts';
import { formatWorkingTime } from './working-time.ts';

export type DeadlineTone = 'calm' | 'soon' | 'late' | 'paused';

const TONES = { green: 'calm', amber: 'soon', red: 'late', grey: 'paused' } as const;

export interface DeadlineWords {
  readonly tone: DeadlineTone;
  /** «осталось 3 ч 20 мин», «просрочено на 1 раб. день». */
  readonly text: string;
  /** How much of the bar is still full, 0 to 1; a passed deadline has an empty bar. */
  readonly share: number;
}

/** What a deadline says in a list. */
export function deadlineWords(deadline: DeadlineView, language: Language): DeadlineWords {
  const t = i18n.getFixedT(language);
  const { leftMinutes, totalMinutes, minutesPerDay } = deadline;
  const tone = TONES[deadline.light];
  const share = totalMinutes > 0 ? Math.min(1, Math.max(0, leftMinutes / totalMinutes)) : 0;
  const time = formatWorkingTime(leftMinutes, minutesPerDay, language);
  if (tone === 'paused') return { tone, share, text: t('deadline.paused') };
  if (leftMinutes < 0) return { tone, share, text: t('deadline.overdue', { time }) };
  // Outside working hours a passed deadline has lost no working minute yet, but it has passed.
  return { tone, share, text: leftMinutes === 0 ? t('deadline.now') : t('deadline.left', { time }) };
}

/** The lines behind the bar: the moment, its zone when it is not the viewer's, who is next, and doubts. */
export function deadlineLines(deadline: DeadlineView, telling: Telling): readonly string[] {
  const t = i18n.getFixedT(telling.language);
  const when = formatInstant(deadline.dueAt, telling);
  const foreign = !sameClock(deadline.dueAt, deadline.zone, telling.zone);
  return [
    t('deadline.due', { when }),
    ...(foreign
      ? [
          t('deadline.dueZone', {
            when: formatInstant(deadline.dueAt, { ...telling, zone: deadline.zone }),
            zone: deadline.zone,
          }),
        ]
      : []),
    ...(deadline.escalatesTo === null ? [] : [t('deadline.escalates', { to: deadline.escalatesTo })]),
    ...(deadline.provisional ? [t('deadline.provisional')] : []),
  ];
}
