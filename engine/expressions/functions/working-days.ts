import { DAY_MS } from '../../time/civil-time.ts';
import { isWorkingDay as isWorking, type BusinessCalendar } from '../../time/business-calendar.ts';
import { legalDeadline as deadlineOf } from '../../time/legal-deadline.ts';
import { FeelRefusal, type OwnFunction } from '../own-function.ts';
import { parseDate, textOfTemporal } from '../values/temporal-text.ts';
import { FeelDate, FeelDateTime, MonthsDuration, DaysDuration } from '../values/temporal.ts';
import { isNull, shown, textOf, wholeNumber } from './read-arguments.ts';

/**
 * Working days of a calendar by name, without hours. As for `working-time.ts`: an unknown calendar or a year without one fails
 * the evaluation, null gives null.
 */

/** Farther than any calendar goes; a hostile number of days ends here and not in a loop. */
const MOST_DAYS = 10_000;

/** `is working day(date, calendar)`: by the calendar's exceptions, else Monday to Friday. */
export const isWorkingDay: OwnFunction = {
  name: 'is working day',
  signature: 'date: date, calendar: string -> boolean',
  call: ([date, calendar], { calendars }) => {
    if (isNull(date) || isNull(calendar)) return null;
    return isWorking(calendars.calendar(textOf(calendar)), daysOf(date) * DAY_MS);
  },
};

/**
 * `working day after(date, n, calendar)`: the n-th working day after the date, which itself is not counted; before it when n is
 * negative. 0 is the date, or the next working day when it is free (as article 193 of the Civil Code moves a last day).
 */
export const workingDayAfter: OwnFunction = {
  name: 'working day after',
  signature: 'date: date, n: number, calendar: string -> date',
  call: ([date, n, calendar], { calendars }) => {
    if (isNull(date) || isNull(n) || isNull(calendar)) return null;
    return new FeelDate(moved(daysOf(date), wholeNumber(n), calendars.calendar(textOf(calendar))));
  },
};

function moved(from: number, count: number, calendar: BusinessCalendar): number {
  if (Math.abs(count) > MOST_DAYS) throw new FeelRefusal(`Expected at most ${MOST_DAYS} working days, got ${count}.`);
  const step = count < 0 ? -1 : 1;
  let day = from;
  if (count === 0) while (!isWorking(calendar, day * DAY_MS)) day += 1;
  for (let left = Math.abs(count); left > 0;) {
    day += step;
    if (isWorking(calendar, day * DAY_MS)) left -= 1;
  }
  return day;
}

/**
 * `legal deadline(start, term, calendar)`: the last day of a term set by law in calendar days or months ("P10D", "P1M"). It
 * runs from the day after the start and moves from a free day to the next working day (Civil Code, articles 191–193).
 */
export const legalDeadline: OwnFunction = {
  name: 'legal deadline',
  signature: 'start: date, term: string, calendar: string -> date',
  call: ([start, term, calendar], { zone, calendars }) => {
    if (isNull(start) || isNull(term) || isNull(calendar)) return null;
    const text = term instanceof MonthsDuration || term instanceof DaysDuration ? textOfTemporal(term) : textOf(term);
    const day = textOfTemporal(new FeelDate(daysOf(start)));
    return parseDate(deadlineOf({ start: day, term: text, zone }, calendars.calendar(textOf(calendar))).date);
  },
};

/** A date, the day of a date-time on its own wall, or ISO text of either. */
function daysOf(value: unknown): number {
  const date = typeof value === 'string' ? parseDate(value.slice(0, 10)) : value;
  if (date instanceof FeelDate || date instanceof FeelDateTime) return date.days;
  throw new FeelRefusal(`Expected a date such as "2026-11-20", got ${shown(value)}.`);
}
