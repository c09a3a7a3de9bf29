import type { BusinessCalendar } from './business-calendar.ts';
import { midnightOf, MINUTE_MS } from './civil-time.ts';
import type { Schedule } from './read-schedule-file.ts';
import { TimeOutOfRange } from './time-out-of-range.ts';
import { buildWorkYear, type WorkYear } from './work-year.ts';
import { resolveLocal } from './zone-arithmetic.ts';

/** A calendar and a schedule together: what deadlines are counted in. Its years are computed on first use and kept. */
export interface WorkHours {
  readonly calendar: BusinessCalendar;
  readonly schedule: Schedule;
  /** @throws MissingCalendarYear */
  year(year: number): WorkYear;
  /** The year of the wall clock at an instant. */
  yearAt(instantMs: number): number;
  /** The first year whose shifts may still run at an instant: on 1 January 03:00 a night shift belongs to the year before. */
  firstYearAt(instantMs: number): number;
}

/** An instant found by counting working time, with what the user must be told about it. */
export interface WorkingInstant {
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly zone: string;
  /** A year on the way is not official yet, so the due time may move. */
  readonly provisional: boolean;
  /** The files used, to know later which deadlines a corrected calendar concerns. */
  readonly calendarVersion: string;
}

export function workHours(calendar: BusinessCalendar, schedule: Schedule): WorkHours {
  const years = new Map<number, WorkYear>();
  const yearStarts = new Map<number, number>();
  const { pattern, movedDay } = schedule;
  const overhangMs =
    Math.max(0, ...[...pattern.days, movedDay].flat().map((interval) => interval.to - 1440)) * MINUTE_MS;

  const startOf = (year: number): number => {
    const start = yearStarts.get(year) ?? resolveLocal(midnightOf(year, 1, 1), schedule.zone);
    yearStarts.set(year, start);
    return start;
  };
  const yearAt = (instantMs: number): number => {
    const guess = new Date(instantMs).getUTCFullYear();
    if (!(guess > 1000 && guess < 9998)) throw new TimeOutOfRange('an instant between the years 1001 and 9997');
    if (instantMs < startOf(guess)) return guess - 1;
    return instantMs >= startOf(guess + 1) ? guess + 1 : guess;
  };
  return {
    ...{ calendar, schedule, yearAt },
    firstYearAt: (instantMs) => yearAt(instantMs - overhangMs),
    year(year) {
      const known = years.get(year) ?? buildWorkYear(calendar, schedule, year);
      years.set(year, known);
      return known;
    },
  };
}

/** Wraps a result with the marks of every year from the start to it. */
export function workingInstant(hours: WorkHours, startMs: number, dueAt: number): WorkingInstant {
  // Midnight of 1 January as the later end belongs to the year that it closes.
  const first = hours.firstYearAt(Math.min(startMs, dueAt));
  const last = Math.max(first, hours.yearAt(Math.max(startMs, dueAt) - 1));
  return { dueAt, zone: hours.schedule.zone, ...marksOf(hours.calendar, first, last) };
}

/** Whether any year in a range is provisional, and the files behind the range. */
export function marksOf(
  calendar: BusinessCalendar,
  first: number,
  last: number,
): { readonly provisional: boolean; readonly calendarVersion: string } {
  const years = Array.from({ length: last - first + 1 }, (_, index) => calendar.year(first + index));
  return {
    provisional: years.some((year) => year.provisional),
    calendarVersion: [...new Set(years.map((year) => year.version))].join(','),
  };
}

/** Milliseconds worked in a year before an instant. */
export function workedBefore(year: WorkYear, instantMs: number): number {
  const index = lastAtMost(year.starts, instantMs);
  if (index < 0) return 0;
  const end = Math.min(instantMs, year.ends[index] ?? instantMs);
  return (year.before[index] ?? 0) + end - (year.starts[index] ?? end);
}

/** Index of the last element not above `value` in an ascending list, or -1. */
export function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
