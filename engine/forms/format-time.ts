import { formatInstant } from '../time/format-instant.ts';
import { parseInstant } from '../time/parse-instant.ts';
import type { FormLanguage } from './form-definition.ts';
import { plural } from './format-value.ts';
import { durationMinutes } from './kinds/duration.ts';
import { isMoment } from './kinds/datetime.ts';
import { isTime } from './kinds/time.ts';

/** Times in words, for screens, the case page and documents alike. A value that is none of its kind comes back as it is. */
const NBSP = '\u00a0';
const MONTHS: { readonly [L in FormLanguage]: readonly string[] } = {
  ru: ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};
const WHOLE_MONTHS: { readonly [L in FormLanguage]: string } = {
  ru: 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
  en: 'January February March April May June July August September October November December',
};

export function monthNames(language: FormLanguage): readonly string[] {
  return WHOLE_MONTHS[language].split(' ');
}

/** `2026-11-16` → «16 ноя 2026». */
export function formatDay(isoDate: string, language: FormLanguage): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate);
  const month = parts && MONTHS[language][Number(parts[2]) - 1];
  return month ? `${Number(parts[3])}${NBSP}${month}${NBSP}${parts[1]}` : isoDate;
}

/** `14:30:00` → «14:30»; seconds only where there are some. */
export function formatTime(time: string): string {
  return isTime(time) ? time.replace(/:00$/, '') : time;
}

/** A moment by the clock of a zone: «28 ноя 2026, 14:30». */
export function formatDateTime(moment: string, zone: string, language: FormLanguage): string {
  if (!isMoment(moment)) return moment;
  const local = formatInstant(parseInstant(moment, zone), zone);
  return `${formatDay(local.slice(0, 10), language)}, ${local.slice(11, 16)}`;
}

/** `2026-11` → «ноябрь 2026». */
export function formatPeriod(period: string, language: FormLanguage): string {
  const parts = /^(\d{4})-(\d{2})$/.exec(period);
  const month = parts && monthNames(language)[Number(parts[2]) - 1];
  return month ? `${month}${NBSP}${parts[1]}` : period;
}

/** `P1DT2H30M` → «1 день 2 ч 30 мин». */
export function formatDuration(duration: string, language: FormLanguage): string {
  const minutes = durationMinutes(duration);
  if (minutes === undefined) return duration;
  const ru = language === 'ru';
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const parts = [
    days > 0 && `${days}${NBSP}${plural(language, days, ru ? ['день', 'дня', 'дней'] : ['day', 'days', 'days'])}`,
    hours > 0 && `${hours}${NBSP}${ru ? 'ч' : 'h'}`,
    (rest > 0 || minutes === 0) && `${rest}${NBSP}${ru ? 'мин' : 'min'}`,
  ];
  return parts.filter(Boolean).join(' ');
}
