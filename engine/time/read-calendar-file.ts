import { DAY_MS, daysInMonth, isoDateOf, midnightOf } from './civil-time.ts';
import { type FieldReader, type LocalizedText, readFields } from './read-fields.ts';

/** `off`: free. `short`: working, with the schedule's cut. `work`: working although the weekend says otherwise. */
export type DayType = 'off' | 'short' | 'work';

export interface CalendarDay {
  readonly type: DayType;
  /** The day off that was moved here (`MM-DD` of the same year), for the reader of the calendar. */
  readonly from: string | undefined;
  readonly name: LocalizedText | undefined;
}

/** One year of one layer, as entered from the decree or by the company. */
export interface CalendarYear {
  readonly country: string | undefined;
  readonly year: number;
  /** The decree is not published yet: every result that touches the year says so. */
  readonly provisional: boolean;
  readonly source: string;
  readonly version: string;
  /** Exceptions by `MM-DD`; a day that is not named follows the week. */
  readonly days: ReadonlyMap<string, CalendarDay>;
}

/** From general to particular; a later layer overrides the days it names (`domain.md` §4). */
export const LAYERS = ['country', 'region', 'company', 'team', 'person'] as const;
export type CalendarLayerName = (typeof LAYERS)[number];

/** A parsed `*.calendar.json`. `everyDay` is the calendar without exceptions (24x7): it has no years at all. */
export interface CalendarFile {
  readonly file: string;
  readonly calendar: string;
  readonly title: LocalizedText | undefined;
  readonly layer: CalendarLayerName;
  /** The calendar that this one overrides. */
  readonly extends: string | undefined;
  readonly content: { readonly kind: 'everyDay' } | { readonly kind: 'year'; readonly year: CalendarYear };
}

export const ID_PATTERN = /^[a-z0-9][a-z0-9-]*$/;
const IDENTITY = ['calendar', 'title', 'layer', 'extends'];
const YEAR_FIELDS = ['country', 'year', 'provisional', 'source', 'version', 'days'];

/**
 * Validates one calendar file.
 * @param file its name, for messages
 * @throws CalendarFileError
 */
export function readCalendarFile(content: unknown, file: string): CalendarFile {
  const everyDay = typeof content === 'object' && content !== null && 'everyDay' in content;
  const fields = readFields(content, [...IDENTITY, ...(everyDay ? ['everyDay'] : YEAR_FIELDS)], { file, path: '' });
  if (everyDay && !fields.flag('everyDay')) fields.fail('everyDay', 'true, or a year with its days instead');
  return {
    file,
    calendar: fields.text('calendar', ID_PATTERN),
    title: fields.has('title') ? fields.localized('title') : undefined,
    layer: fields.has('layer') ? fields.oneOf('layer', LAYERS) : 'country',
    extends: fields.has('extends') ? fields.text('extends', ID_PATTERN) : undefined,
    content: everyDay ? { kind: 'everyDay' } : { kind: 'year', year: readYear(fields, file) },
  };
}

function readYear(fields: FieldReader, file: string): CalendarYear {
  const year = fields.whole('year', 1900, 2200);
  const days = new Map<string, CalendarDay>();
  fields.list('days').forEach((entry, index) => {
    const day = readFields(entry, ['d', 'to', 'type', 'from', 'name'], { file, path: `days[${index}]` });
    const read: CalendarDay = {
      type: day.oneOf('type', ['off', 'short', 'work']),
      from: day.has('from') ? isoDateOf(monthDay(day, 'from', year)).slice(5) : undefined,
      name: day.has('name') ? day.localized('name') : undefined,
    };
    const first = monthDay(day, 'd', year);
    const last = day.has('to') ? monthDay(day, 'to', year) : first;
    if (last < first) day.fail('to', 'a day not before d; a range over New Year is written in both years');
    for (let at = first; at <= last; at += DAY_MS) {
      const key = isoDateOf(at).slice(5);
      if (days.has(key)) day.fail('d', `${key} once; it is already in the list`);
      days.set(key, read);
    }
  });
  return {
    country: fields.has('country') ? fields.text('country', /^[A-Z]{2}$/) : undefined,
    year,
    provisional: fields.flag('provisional'),
    source: fields.text('source'),
    version: fields.text('version'),
    days,
  };
}

function monthDay(day: FieldReader, key: string, year: number): number {
  const [month = 0, date = 0] = day
    .text(key, /^\d\d-\d\d$/)
    .split('-')
    .map(Number);
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) {
    day.fail(key, `a day of ${year} as MM-DD`);
  }
  return midnightOf(year, month, date);
}
