import { MINUTE_MS } from './civil-time.ts';
import type { WorkingDuration } from './parse-working-duration.ts';
import { TimeOutOfRange } from './time-out-of-range.ts';
import { lastAtMost, workedBefore, type WorkHours, type WorkingInstant, workingInstant } from './work-hours.ts';

/** More years than any deadline and any schedule with an hour a year needs; it bounds the search. */
const HORIZON_YEARS = 60;

/**
 * Counts working time from an instant. Minutes: a start outside business hours first moves to the next opening; the
 * result is the earliest instant by which the time is used up (Friday 18:00, not Monday 09:00). Backwards it is the latest.
 * Days: the end of business of the n-th working day after the start day; 0 is the start day's own end if it is still ahead,
 * else the next one; negative counts working days before the start day.
 * @throws MissingCalendarYear, TimeOutOfRange
 */
export function addWorking(startMs: number, duration: WorkingDuration, hours: WorkHours): WorkingInstant {
  const dueAt =
    duration.kind === 'days'
      ? addDays(startMs, duration.days, hours)
      : addMs(startMs, Math.round(duration.minutes * MINUTE_MS), hours);
  return workingInstant(hours, startMs, dueAt);
}

function addMs(startMs: number, ms: number, hours: WorkHours): number {
  if (ms === 0) return nextOpen(startMs, hours);
  // Backwards from midnight of 1 January the new year is not needed, and perhaps not entered yet.
  const from = ms < 0 ? startMs - 1 : startMs;
  let year = hours.firstYearAt(from);
  const limit = limiter(year);
  // Position on the axis of worked milliseconds, counted from the beginning of `year`.
  let position = workedBefore(hours.year(year), startMs) + ms;
  const own = hours.yearAt(from);
  if (own > year) position += workedBefore(hours.year(own), startMs);

  while (position < 0) {
    year = limit(year - 1);
    position += hours.year(year).total;
  }
  while (position > hours.year(year).total) {
    position -= hours.year(year).total;
    year = limit(year + 1);
  }
  const { starts, before } = hours.year(year);
  // Forwards a full interval ends there; backwards the same position is the beginning of the next one.
  const index = lastAtMost(before, ms > 0 ? position - 1 : position);
  return (starts[index] ?? startMs) + position - (before[index] ?? 0);
}

function nextOpen(startMs: number, hours: WorkHours): number {
  let year = hours.firstYearAt(startMs);
  const limit = limiter(year);
  for (;;) {
    const { starts, ends } = hours.year(year);
    const index = lastAtMost(ends, startMs) + 1;
    const start = starts[index];
    if (start !== undefined) return Math.max(start, startMs);
    year = limit(year + 1);
  }
}

function addDays(startMs: number, days: number, hours: WorkHours): number {
  let year = hours.yearAt(days < 0 ? startMs - 1 : startMs);
  const limit = limiter(year);
  const { dayStarts, dayLimits, dayEnds } = hours.year(year);
  const today = lastAtMost(dayStarts, startMs);
  const isWorking = (dayLimits[today] ?? -Infinity) > startMs;

  let index = today + days;
  if (days < 0 && !isWorking) index += 1;
  if (days === 0 && !(isWorking && (dayEnds[today] ?? 0) >= startMs)) index += 1;
  while (index < 0) {
    year = limit(year - 1);
    index += hours.year(year).dayEnds.length;
  }
  for (;;) {
    const ends = hours.year(year).dayEnds;
    const end = ends[index];
    if (end !== undefined) return end;
    index -= ends.length;
    year = limit(year + 1);
  }
}

function limiter(first: number): (year: number) => number {
  return (year) => {
    if (Math.abs(year - first) <= HORIZON_YEARS) return year;
    throw new TimeOutOfRange(`a deadline within ${HORIZON_YEARS} years; check the duration and the schedule's hours`);
  };
}
