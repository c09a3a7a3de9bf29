import { type BusinessCalendar, businessCalendar, type CalendarLayer } from './business-calendar.ts';
import { CalendarFileError } from './calendar-file-error.ts';
import { type CalendarFile, type CalendarYear, LAYERS, readCalendarFile } from './read-calendar-file.ts';
import { readScheduleFile, type Schedule, type ScheduleFile, WEEKDAYS } from './read-schedule-file.ts';
import { UnknownCalendar } from './unknown-calendar.ts';
import { workHours, type WorkHours } from './work-hours.ts';
import { checkZone } from './zone-arithmetic.ts';

/** A calendar or schedule file: its name, for messages, and its parsed JSON. */
export interface CalendarSetFile {
  readonly name: string;
  readonly content: unknown;
}

/** Everything deployed about working time, found by the one string that models and expressions use. */
export interface CalendarSet {
  /** Every id `resolve` knows without a zone, sorted: for pickers and messages. */
  readonly ids: readonly string[];
  /**
   * Working hours by id: `ru-office` is calendar `ru` with schedule `office`; `24x7` is the calendar and the schedule of that
   * name; `ru-office@Asia/Vladivostok` takes the same hours in another zone.
   * @throws UnknownCalendar, UnknownZone
   */
  resolve(id: string): WorkHours;
  /** A calendar by its own id (`ru`) or by that of working hours (`ru-office`). @throws UnknownCalendar */
  calendar(id: string): BusinessCalendar;
}

/**
 * Builds the set from `*.calendar.json` and `*.schedule.json` contents, in any order. Told apart by their field `calendar` or
 * `schedule`; the years of one calendar are gathered by its id.
 * @throws CalendarFileError naming file and field
 */
export function buildCalendarSet(files: readonly CalendarSetFile[]): CalendarSet {
  const calendarFiles: CalendarFile[] = [];
  const scheduleFiles: ScheduleFile[] = [];
  for (const { name, content } of files) {
    const isObject = typeof content === 'object' && content !== null;
    if (isObject && 'calendar' in content) calendarFiles.push(readCalendarFile(content, name));
    else if (isObject && 'schedule' in content) scheduleFiles.push(readScheduleFile(content, name));
    else throw new CalendarFileError({ file: name, field: '', expected: 'a field "calendar" or "schedule"' });
  }
  const calendars = joinCalendars(calendarFiles);
  const schedules = joinSchedules(scheduleFiles);
  const hours = pair(calendars, schedules);
  const ids = [...hours.keys()].sort();

  const resolve = (id: string): WorkHours => {
    const known = hours.get(id);
    if (known !== undefined) return known;
    const [base = '', zone] = id.split('@', 2);
    const found = zone === undefined ? undefined : hours.get(base);
    if (found === undefined || zone === undefined) throw new UnknownCalendar(id, ids);
    checkZone(zone);
    const moved = workHours(found.calendar, { ...found.schedule, zone });
    hours.set(id, moved);
    return moved;
  };
  return { ids, resolve, calendar: (id) => calendars.get(id) ?? resolve(id).calendar };
}

function joinCalendars(files: readonly CalendarFile[]): ReadonlyMap<string, BusinessCalendar> {
  const families = new Map<string, CalendarFile[]>();
  for (const file of files) families.set(file.calendar, [...(families.get(file.calendar) ?? []), file]);

  const layersOf = (
    id: string,
    askedBy: CalendarFile | undefined,
    seen: readonly string[],
  ): readonly CalendarLayer[] => {
    const family = families.get(id);
    const head = family?.[0];
    if (family === undefined || head === undefined || seen.includes(id)) {
      const expected =
        family === undefined ? `a deployed calendar, but "${id}" is none` : `no circle, but ${id} extends itself`;
      throw new CalendarFileError({ file: askedBy?.file ?? id, field: 'extends', expected });
    }
    const years = new Map<number, CalendarYear>();
    for (const file of family) {
      if (file.extends !== head.extends || file.layer !== head.layer) {
        throw new CalendarFileError({
          file: file.file,
          field: 'extends',
          expected: `the same layer and extends as ${head.file}`,
        });
      }
      if (file.content.kind === 'everyDay') {
        if (family.length === 1 && head.extends === undefined) return [];
        throw new CalendarFileError({
          file: file.file,
          field: 'everyDay',
          expected: 'no years and no extends beside it',
        });
      }
      const { year } = file.content.year;
      if (years.has(year)) {
        throw new CalendarFileError({ file: file.file, field: 'year', expected: `${id} ${year} in one file only` });
      }
      years.set(year, file.content.year);
    }
    const own: CalendarLayer = { id, layer: head.layer, years };
    if (head.extends === undefined) return [own];
    const below = layersOf(head.extends, head, [...seen, id]);
    const general = below.at(-1);
    if (general !== undefined && LAYERS.indexOf(general.layer) > LAYERS.indexOf(own.layer)) {
      throw new CalendarFileError({ file: head.file, field: 'layer', expected: `a layer not above ${general.layer}` });
    }
    return [...below, own];
  };

  return new Map(
    [...families].map(([id, family]) => {
      const layers = layersOf(id, undefined, []);
      const title = family.find((file) => file.title !== undefined)?.title;
      const everyDay = rootOf(families, family).some((file) => file.content.kind === 'everyDay');
      return [id, businessCalendar({ id, ...(title === undefined ? {} : { title }), everyDay, layers })];
    }),
  );
}

/** The files of the most general calendar of a chain; circles were refused before. */
function rootOf(
  families: ReadonlyMap<string, readonly CalendarFile[]>,
  family: readonly CalendarFile[],
): readonly CalendarFile[] {
  const parent = family[0]?.extends;
  return parent === undefined ? family : rootOf(families, families.get(parent) ?? []);
}

function joinSchedules(files: readonly ScheduleFile[]): ReadonlyMap<string, Schedule> {
  const byId = new Map<string, ScheduleFile>();
  for (const file of files) {
    const twin = byId.get(file.schedule);
    if (twin !== undefined) {
      throw new CalendarFileError({
        file: file.file,
        field: 'schedule',
        expected: `an id of its own; ${twin.file} has it too`,
      });
    }
    byId.set(file.schedule, file);
  }
  const ownOf = (file: ScheduleFile, seen: readonly string[]): ScheduleFile['own'] => {
    if (file.extends === undefined) return file.own;
    const parent = byId.get(file.extends);
    if (parent === undefined || seen.includes(file.extends)) {
      throw new CalendarFileError({
        file: file.file,
        field: 'extends',
        expected: 'a deployed schedule that does not extend this one',
      });
    }
    return { ...ownOf(parent, [...seen, file.extends]), ...file.own };
  };
  return new Map([...byId].map(([id, file]) => [id, finish(id, ownOf(file, [id]))]));
}

function finish(id: string, own: ScheduleFile['own']): Schedule {
  const { title = { ru: id, en: id }, zone = 'UTC', shortDayCutMinutes = 60, movedWeekday = 'fri' } = own;
  const pattern = own.pattern ?? { kind: 'week', days: [] };
  const movedDay = pattern.kind === 'week' ? (pattern.days[WEEKDAYS.indexOf(movedWeekday)] ?? []) : [];
  return { id, title, zone, pattern, movedDay, shortDayCutMinutes };
}

function pair(
  calendars: ReadonlyMap<string, BusinessCalendar>,
  schedules: ReadonlyMap<string, Schedule>,
): Map<string, WorkHours> {
  const hours = new Map<string, WorkHours>();
  for (const calendar of calendars.values()) {
    for (const schedule of schedules.values()) {
      const id = `${calendar.id}-${schedule.id}`;
      const twin = hours.get(id);
      if (twin !== undefined) {
        const expected = `other ids: "${id}" would be both ${twin.calendar.id} + ${twin.schedule.id} and ${calendar.id} + ${schedule.id}`;
        throw new CalendarFileError({ file: schedule.id, field: 'schedule', expected });
      }
      hours.set(id, workHours(calendar, schedule));
      if (calendar.id === schedule.id) hours.set(calendar.id, workHours(calendar, schedule));
    }
  }
  return hours;
}
