import type { Language } from '#contract';
import { i18n } from '../texts/i18n.ts';

const DAY_MINUTES = 1440;

/**
 * Says a length of working time in at most two units: «3 ч 20 мин», «1 раб. день 2 ч», «4 раб. дня».
 * A calendar that never closes (1440 minutes a day) has plain days.
 *
 * @param minutes working minutes, the sign is ignored
 * @param minutesPerDay working minutes in a day of that calendar; below 1 the time is told in hours only
 */
export function formatWorkingTime(minutes: number, minutesPerDay: number, language: Language): string {
  const t = i18n.getFixedT(language);
  const total = Math.round(Math.abs(minutes));
  if (total < 1) return t('time.lessThanMinute');
  const days = minutesPerDay >= 1 ? Math.floor(total / minutesPerDay) : 0;
  const rest = total - days * Math.max(minutesPerDay, 0);
  const [hours, left] = [Math.floor(rest / 60), rest % 60];
  const parts: string[] = [];
  if (days > 0) parts.push(t(minutesPerDay >= DAY_MINUTES ? 'time.days' : 'time.workingDays', { count: days }));
  // From three days on hours are noise: nobody plans the afternoon of the fourth day.
  if (hours > 0 && days < 3) parts.push(t('time.hours', { count: hours }));
  if (left > 0 && days === 0) parts.push(t('time.minutes', { count: left }));
  return parts.join(' ').replaceAll(/(\d) /g, '$1\u00a0');
}

/** A length of plain time, for how long a step took: «5 мин», «2 ч 10 мин», «3 дня 4 ч». */
export function formatElapsed(minutes: number, language: Language): string {
  return formatWorkingTime(minutes, DAY_MINUTES, language);
}
