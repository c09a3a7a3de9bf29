import { isoDateOf, weekdayOf } from './civil-time.ts';
import { MissingCalendarYear } from './missing-calendar-year.ts';
import type { CalendarDay, CalendarLayerName, CalendarYear } from './read-calendar-file.ts';
import type { LocalizedText } from './read-fields.ts';

/** The years of one calendar file family, as one layer of a calendar. */
export interface CalendarLayer {
  readonly id: string;
  readonly layer: CalendarLayerName;
  readonly years: ReadonlyMap<number, CalendarYear>;
}

/** One year with all layers applied. */
export interface BusinessYear {
  readonly provisional: boolean;
  /** Names every file used, `ru-2026@1` or `ru-2026@1,acme-2026@3`: a stored deadline keeps it to know it must be recomputed. */
  readonly version: string;
  /** The exception at a date, or undefined when the week decides. */
  exception(localDay: number): CalendarDay | undefined;
}

/** Which days are working days. Hours and the zone belong to the schedule. */
export interface BusinessCalendar {
  readonly id: string;
  readonly title: LocalizedText;
  /** Every day of every year is a working day (24x7). */
  readonly everyDay: boolean;
  readonly layers: readonly CalendarLayer[];
  /** @throws MissingCalendarYear */
  year(year: number): BusinessYear;
}

/**
 * Builds a calendar from its layers, the most general first. The lowest layer, a country and a region must have the year,
 * because without it their holidays are unknown; a company, team or person above them simply has nothing to add.
 */
export function businessCalendar(parts: {
  readonly id: string;
  readonly title?: LocalizedText;
  readonly everyDay?: boolean;
  readonly layers: readonly CalendarLayer[];
}): BusinessCalendar {
  const { id, title = { ru: id, en: id }, everyDay = false, layers } = parts;
  const built = new Map<number, BusinessYear>();
  return {
    ...{ id, title, everyDay, layers },
    year(year) {
      const known = built.get(year);
      if (known !== undefined) return known;
      const made = everyDay && layers.length === 0 ? EVERY_DAY : overlay({ id, everyDay, layers }, year);
      built.set(year, made);
      return made;
    },
  };
}

const EVERY_DAY: BusinessYear = { provisional: false, version: 'every-day', exception: () => undefined };

function overlay(calendar: Pick<BusinessCalendar, 'id' | 'everyDay' | 'layers'>, year: number): BusinessYear {
  const days = new Map<string, CalendarDay>();
  const versions: string[] = [];
  let provisional = false;
  for (const [index, layer] of calendar.layers.entries()) {
    const own = layer.years.get(year);
    if (own === undefined) {
      const isBase = index === 0 && !calendar.everyDay;
      if (!isBase && layer.layer !== 'country' && layer.layer !== 'region') continue;
      throw new MissingCalendarYear({ calendar: calendar.id, layer: layer.id, year });
    }
    for (const [day, entry] of own.days) days.set(day, entry);
    versions.push(`${layer.id}-${year}@${own.version}`);
    provisional ||= own.provisional;
  }
  return { provisional, version: versions.join(','), exception: (localDay) => days.get(isoDateOf(localDay).slice(5)) };
}

/**
 * Whether the calendar itself calls a date a working day: by its exceptions, else Monday to Friday. Law and "n-th working
 * day" ask this; working hours ask the schedule, which may well have Saturdays.
 * @param localDay midnight as local milliseconds
 */
export function isWorkingDay(calendar: BusinessCalendar, localDay: number): boolean {
  const exception = calendar.year(Number(isoDateOf(localDay).slice(0, 4))).exception(localDay);
  if (exception !== undefined) return exception.type !== 'off';
  return calendar.everyDay || weekdayOf(localDay) <= 5;
}
