/**
 * The working-time words of the expression language, as plain functions over the deployed calendars. `calendarId` is what
 * `CalendarSet.resolve` takes: `ru-office`, `24x7`, `ru-office@Asia/Vladivostok`.
 */
import { addWorking } from './add-working.ts';
import type { CalendarSet } from './build-calendar-set.ts';
import { diffWorking } from './diff-working.ts';
import { nthWorkingDay, type WorkingDate } from './nth-working-day.ts';
import { parseWorkingDuration } from './parse-working-duration.ts';
import type { WorkingInstant } from './work-hours.ts';

/**
 * `working time after(now(), "PT4H", "ru-office")`.
 * @throws TimeTextError, UnknownCalendar, MissingCalendarYear, TimeOutOfRange
 */
export function workingTimeAfter(
  startMs: number,
  durationText: string,
  calendarId: string,
  set: CalendarSet,
): WorkingInstant {
  return addWorking(startMs, parseWorkingDuration(durationText), set.resolve(calendarId));
}

/**
 * `working duration between(a, b, "ru-office")`, in minutes; negative when `bMs` is earlier.
 * @throws UnknownCalendar, MissingCalendarYear
 */
export function workingDurationBetween(aMs: number, bMs: number, calendarId: string, set: CalendarSet): number {
  return diffWorking(aMs, bMs, set.resolve(calendarId));
}

/**
 * `nth working day(2026, 11, 5, "ru")`; here a calendar without a schedule will do.
 * @throws UnknownCalendar, MissingCalendarYear, TimeOutOfRange
 */
export function nthWorkingDayOf(
  at: { readonly year: number; readonly month: number; readonly n: number },
  calendarId: string,
  set: CalendarSet,
): WorkingDate {
  return nthWorkingDay(at, set.calendar(calendarId));
}
