import { isoDateOf } from './civil-time.ts';
import { ID_PATTERN } from './read-calendar-file.ts';
import { type FieldReader, type LocalizedText, readFields } from './read-fields.ts';
import { checkZone } from './zone-arithmetic.ts';

/** Working minutes counted from the day's midnight. Past 1440 the shift runs into the next day. */
export interface MinuteInterval {
  readonly from: number;
  readonly to: number;
}
export type DayPattern = readonly MinuteInterval[];

/**
 * Which hours of a working day are worked, in one IANA zone. A shift over midnight belongs to the day it begins, so a
 * holiday removes the whole of it and a short day cuts its end.
 */
export interface Schedule {
  readonly id: string;
  readonly title: LocalizedText;
  readonly zone: string;
  readonly pattern:
    | { readonly kind: 'week'; /** Monday first. */ readonly days: readonly DayPattern[] }
    /** Shifts, such as 2/2: `days` repeat, and the first one is `startDay` (midnight as local milliseconds). */
    | { readonly kind: 'cycle'; readonly startDay: number; readonly days: readonly DayPattern[] };
  /** What a day that the calendar declares working is worked by when its own pattern is empty (a working Saturday). */
  readonly movedDay: DayPattern;
  /** Labour Code of the Russian Federation, art. 95: one hour less before a holiday. */
  readonly shortDayCutMinutes: number;
}

/** A parsed `*.schedule.json`; `extends` takes everything not said here from another schedule (same hours, other zone). */
export interface ScheduleFile {
  readonly file: string;
  readonly schedule: string;
  readonly extends: string | undefined;
  readonly own: Partial<Omit<Schedule, 'id' | 'movedDay'>> & { readonly movedWeekday?: Weekday };
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const FIELDS = ['schedule', 'title', 'extends', 'zone', 'week', 'cycle', 'movedDayLike', 'shortDayCutMinutes'];

/**
 * Validates one schedule file.
 * @throws CalendarFileError
 */
export function readScheduleFile(content: unknown, file: string): ScheduleFile {
  const fields = readFields(content, FIELDS, { file, path: '' });
  if (fields.has('week') && fields.has('cycle')) fields.fail('cycle', 'either week or cycle, not both');
  const parent = fields.has('extends') ? fields.text('extends', ID_PATTERN) : undefined;
  if (parent === undefined) {
    if (!fields.has('zone')) fields.fail('zone', 'an IANA zone, as in Europe/Moscow');
    if (!fields.has('week') && !fields.has('cycle')) fields.fail('week', 'week or cycle');
  }
  return {
    file,
    schedule: fields.text('schedule', ID_PATTERN),
    extends: parent,
    own: {
      ...(fields.has('title') ? { title: fields.localized('title') } : {}),
      ...(fields.has('zone') ? { zone: readZone(fields) } : {}),
      ...(fields.has('week') || fields.has('cycle') ? { pattern: readPattern(fields) } : {}),
      ...(fields.has('movedDayLike') ? { movedWeekday: fields.oneOf('movedDayLike', WEEKDAYS) } : {}),
      ...(fields.has('shortDayCutMinutes') ? { shortDayCutMinutes: fields.whole('shortDayCutMinutes', 0, 1440) } : {}),
    },
  };
}

function readZone(fields: FieldReader): string {
  const zone = fields.text('zone');
  try {
    checkZone(zone);
  } catch {
    return fields.fail('zone', `an IANA zone, as in Europe/Moscow, but "${zone}" is unknown`);
  }
  return zone;
}

function readPattern(fields: FieldReader): Schedule['pattern'] {
  const pattern = fields.has('week') ? readWeek(fields) : readCycle(fields);
  if (pattern.days.every((day) => day.length === 0)) fields.fail(pattern.kind, 'at least one working interval');
  pattern.days.forEach((day, index) => {
    const next = pattern.days[(index + 1) % pattern.days.length];
    if ((day.at(-1)?.to ?? 0) - 1440 <= (next?.[0]?.from ?? 1440)) return;
    const key = pattern.kind === 'week' ? (WEEKDAYS[index] ?? '') : `days[${index}]`;
    fields.fail(`${pattern.kind}.${key}`, 'a shift that ends before the next day’s work begins');
  });
  return pattern;
}

function readWeek(fields: FieldReader): Schedule['pattern'] {
  const week = fields.object('week', WEEKDAYS);
  return { kind: 'week', days: WEEKDAYS.map((name) => (week.has(name) ? readDay(week, name, week.list(name)) : [])) };
}

function readCycle(fields: FieldReader): Schedule['pattern'] {
  const cycle = fields.object('cycle', ['start', 'days']);
  const start = cycle.text('start', /^\d{4}-\d\d-\d\d$/);
  const startDay = Date.parse(`${start}T00:00:00Z`);
  if (Number.isNaN(startDay) || isoDateOf(startDay) !== start) cycle.fail('start', 'a date as YYYY-MM-DD');
  const days = cycle.list('days').map((entry, index) => {
    const key = `days[${index}]`;
    return readDay(
      cycle,
      key,
      Array.isArray(entry) ? entry : cycle.fail(key, 'a list of intervals, empty for a free day'),
    );
  });
  return { kind: 'cycle', startDay, days };
}

function readDay(reader: FieldReader, key: string, entries: readonly unknown[]): DayPattern {
  const fail = (expected: string): never => reader.fail(key, expected);
  const intervals = entries.map((entry): MinuteInterval => {
    const [, fromHour, fromMinute, toHour, toMinute] =
      /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24(?=:00)):([0-5]\d)$/.exec(String(entry)) ??
      fail('intervals as in "09:00-13:00"');
    const from = Number(fromHour) * 60 + Number(fromMinute);
    const to = Number(toHour) * 60 + Number(toMinute);
    return { from, to: to > from ? to : to + 1440 };
  });
  intervals.forEach((interval, index) => {
    const before = intervals[index - 1];
    if (before !== undefined && interval.from < before.to) fail('intervals in order, none over another');
  });
  return intervals;
}
