import { type BusinessCalendar, isWorkingDay } from './business-calendar.ts';
import { DAY_MS, daysInMonth, type IsoDate, isoDateOf, midnightOf } from './civil-time.ts';
import { TimeOutOfRange } from './time-out-of-range.ts';
import { marksOf } from './work-hours.ts';

export interface WorkingDate {
  readonly date: IsoDate;
  readonly provisional: boolean;
  readonly calendarVersion: string;
}

/**
 * The n-th working day of a month (month-end closing runs on the 5th). -1 is the last one, -2 the one before it.
 * @param at.month 1 to 12
 * @throws MissingCalendarYear, TimeOutOfRange when the month has fewer working days
 */
export function nthWorkingDay(
  at: { readonly year: number; readonly month: number; readonly n: number },
  calendar: BusinessCalendar,
): WorkingDate {
  const { year, month, n } = at;
  if (![year, month, n].every(Number.isInteger) || month < 1 || month > 12 || n === 0) {
    throw new TimeOutOfRange(
      `a month from 1 to 12 and a number of working day other than 0, but got ${year}-${month}, ${n}`,
    );
  }
  const days = Array.from(
    { length: daysInMonth(year, month) },
    (_, index) => midnightOf(year, month, 1) + index * DAY_MS,
  );
  const working = days.filter((day) => isWorkingDay(calendar, day));
  const found = working.at(n > 0 ? n - 1 : n);
  if (found === undefined) {
    throw new TimeOutOfRange(
      `${year}-${month} to have working day ${n} in calendar "${calendar.id}", but it has ${working.length}`,
    );
  }
  return { date: isoDateOf(found), ...marksOf(calendar, year, year) };
}
