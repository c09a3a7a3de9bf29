import { MINUTE_MS } from './civil-time.ts';
import { workedBefore, type WorkHours } from './work-hours.ts';

/**
 * Working minutes from one instant to another, negative when `toMs` is earlier (an overdue task). Exact, so it has a
 * fraction when the instants have seconds: rounding each pause of an SLA would drift. Inverse of `addWorking` in minutes.
 * @throws MissingCalendarYear
 */
export function diffWorking(fromMs: number, toMs: number, hours: WorkHours): number {
  if (toMs < fromMs) return -diffWorking(toMs, fromMs, hours) + 0;
  const first = hours.firstYearAt(fromMs);
  // Midnight of 1 January closes the year before; the new year, perhaps not entered yet, is not asked.
  const last = Math.max(first, hours.yearAt(toMs - 1));
  let ms = 0;
  for (let year = first; year <= last; year += 1) {
    const work = hours.year(year);
    ms += workedBefore(work, toMs) - workedBefore(work, fromMs);
  }
  return ms / MINUTE_MS;
}
