import type { Language } from '#contract';
import { i18n } from '../texts/i18n.ts';

const MONTHS = {
  ru: ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const;

/** How to tell a moment: whose language, whose zone (IANA; the viewer's when absent) and what is "now". */
export interface Telling {
  readonly language: Language;
  readonly now: Date;
  readonly zone?: string;
}

/**
 * «сегодня, 09:12», «завтра, 18:00», else «16 ноя 2026, 09:12».
 * Months are ours: Intl writes «нояб.» in one browser and «нояб» in the next, and lines would not align.
 *
 * @param instant ISO 8601, UTC
 */
export function formatInstant(instant: string, telling: Telling): string {
  const t = i18n.getFixedT(telling.language);
  const { date, time } = civil(new Date(instant), telling.zone);
  const distance = dayNumber(date) - dayNumber(civil(telling.now, telling.zone).date);
  if (distance === 0) return t('time.today', { time });
  if (distance === -1) return t('time.yesterday', { time });
  if (distance === 1) return t('time.tomorrow', { time });
  return `${formatDay(date, telling.language)}, ${time}`;
}

/** The heading of a day in a story: «Сегодня», «Вчера», «16 ноя 2026». */
export function formatDayHeading(instant: string, telling: Telling): string {
  const t = i18n.getFixedT(telling.language);
  const date = civil(new Date(instant), telling.zone).date;
  const distance = dayNumber(date) - dayNumber(civil(telling.now, telling.zone).date);
  if (distance === 0) return t('time.todayDay');
  if (distance === -1) return t('time.yesterdayDay');
  return formatDay(date, telling.language);
}

/** «16 ноя 2026» of a date without a time, `2026-11-16`: the same day in every zone. */
export function formatDate(date: string, language: Language): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return formatDay({ year, month, day }, language);
}

/** «09:12» in the zone told. */
export function formatTimeOfDay(instant: string, telling: Telling): string {
  return civil(new Date(instant), telling.zone).time;
}

/** «5 с назад», «3 мин назад», then the moment itself: for drafts that were just saved. */
export function formatAgo(instant: string, telling: Telling): string {
  const t = i18n.getFixedT(telling.language);
  const seconds = Math.floor((telling.now.getTime() - new Date(instant).getTime()) / 1000);
  if (seconds < 3) return t('time.justNow');
  if (seconds < 60) return t('time.secondsAgo', { count: seconds });
  if (seconds < 3600) return t('time.minutesAgo', { count: Math.floor(seconds / 60) });
  return formatInstant(instant, telling);
}

/** True when clocks in both zones show the same at that moment: only then may the zone be left unsaid. */
export function sameClock(instant: string, zone: string, other: string | undefined): boolean {
  const [here, there] = [civil(new Date(instant), zone), civil(new Date(instant), other)];
  return here.time === there.time && dayNumber(here.date) === dayNumber(there.date);
}

interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

function formatDay(date: CivilDate, language: Language): string {
  return `${date.day}\u00a0${MONTHS[language][date.month - 1] ?? ''} ${date.year}`;
}

function dayNumber(date: CivilDate): number {
  return Math.round(Date.UTC(date.year, date.month - 1, date.day) / 86_400_000);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function civil(moment: Date, zone: string | undefined): { readonly date: CivilDate; readonly time: string } {
  const clock = clocks.get(zone ?? '') ?? createClock(zone);
  clocks.set(zone ?? '', clock);
  const parts = new Map(clock.formatToParts(moment).map((part) => [part.type, part.value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    date: { year: number('year'), month: number('month'), day: number('day') },
    time: `${parts.get('hour') ?? ''}:${parts.get('minute') ?? ''}`,
  };
}

function createClock(zone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
}
