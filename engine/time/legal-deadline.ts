import { type BusinessCalendar, isWorkingDay } from './business-calendar.ts';
import { addMonths, civilOf, DAY_MS, type IsoDate, isoDateOf, timeOfDay } from './civil-time.ts';
import { parseDuration } from './parse-duration.ts';
import { parseInstant } from './parse-instant.ts';
import { TimeTextError } from './time-text-error.ts';
import { marksOf } from './work-hours.ts';
import { resolveLocal, toLocal } from './zone-arithmetic.ts';

export interface LegalDeadline {
  /** The last day as counted; people are warned on this one (`domain.md` §4). */
  readonly unshiftedDate: IsoDate;
  /** The last day after the move to a working day. */
  readonly date: IsoDate;
  readonly shifted: boolean;
  /** Epoch milliseconds of the end of `date` (24:00 in the zone; Civil Code of the Russian Federation, art. 194). */
  readonly dueAt: number;
  readonly provisional: boolean;
  readonly calendarVersion: string;
}

/**
 * A term set by law, in calendar days, weeks, months or years. It runs from the day after the event (art. 191), ends in the
 * last month on the same day or that month's last day (art. 192), and moves to the next working day when it ends on a free
 * one (art. 193).
 * @param at.start epoch milliseconds, or a date `YYYY-MM-DD`
 * @param at.term ISO 8601 with date parts only, `P10D`, `P1M`
 * @throws TimeTextError, MissingCalendarYear
 */
export function legalDeadline(
  at: { readonly start: number | IsoDate; readonly term: string; readonly zone: string },
  calendar: BusinessCalendar,
): LegalDeadline {
  const fail = (position: number, expected: string): never => {
    throw new TimeTextError({ kind: 'legalTerm', text: at.term, position, expected });
  };
  const term = parseDuration(at.term);
  if (at.term.includes('T')) fail(at.term.indexOf('T'), 'calendar days, weeks, months or years, as in P10D,');
  if (at.term.startsWith('-')) fail(0, 'a term that runs forward');

  const startMs = typeof at.start === 'number' ? at.start : parseInstant(at.start, at.zone);
  const local = toLocal(startMs, at.zone);
  const startDay = local - timeOfDay(local);
  const unshifted = addMonths(startDay, term.years * 12 + term.months) + (term.weeks * 7 + term.days) * DAY_MS;
  let last = unshifted;
  while (!isWorkingDay(calendar, last)) last += DAY_MS;
  return {
    unshiftedDate: isoDateOf(unshifted),
    date: isoDateOf(last),
    shifted: last !== unshifted,
    dueAt: resolveLocal(last + DAY_MS, at.zone),
    ...marksOf(calendar, civilOf(unshifted).year, civilOf(last).year),
  };
}
