import {
  addMonths,
  civilOf,
  DAY_MS,
  daysInMonth,
  HOUR_MS,
  midnightOf,
  MINUTE_MS,
  timeOfDay,
  weekdayOf,
} from './civil-time.ts';
import type { Cron, CronDay } from './parse-cron.ts';
import { nextTransition, offsetAt, resolveLocal } from './zone-arithmetic.ts';

/** 29 February on a given weekday returns after at most 40 years (around 2100). */
const HORIZON_MONTHS = 12 * 41;

/**
 * The first instant strictly after `afterMs` that matches, or undefined when none comes (30 February).
 * A time inside a gap fires when the clocks have jumped; a time in an overlap fires once, at the first reading. An
 * expression for every hour is not tied to a wall-clock hour, so it goes on through both passes of an overlap.
 */
export function nextCron(cron: Cron, afterMs: number, zone: string): number | undefined {
  if (cron.hours.length === 24) return nextByElapsedTime(cron, afterMs, zone);
  let local = nextLocalMatch(cron, afterMs + offsetAt(afterMs, zone));
  while (local !== undefined) {
    const instantMs = resolveLocal(local, zone);
    if (instantMs > afterMs) return instantMs;
    local = nextLocalMatch(cron, local);
  }
  return undefined;
}

/** Walks from one offset change to the next; between them the wall clock and elapsed time run alike. */
function nextByElapsedTime(cron: Cron, afterMs: number, zone: string): number | undefined {
  let from = afterMs;
  let offset = offsetAt(afterMs, zone);
  let change = nextTransition(afterMs, zone);
  for (;;) {
    const local = nextLocalMatch(cron, from + offset);
    if (local === undefined) return undefined;
    if (change === undefined || local - offset < change) return local - offset;
    // 1 ms back, so that the moment of the change itself can match under the new offset.
    from = change - 1;
    offset = offsetAt(change, zone);
    change = nextTransition(change, zone);
  }
}

/** The first wall-clock reading strictly after `localMs` that matches. */
export function nextLocalMatch(cron: Cron, localMs: number): number | undefined {
  const start = Math.floor(localMs / 1000) * 1000 + 1000;
  const startDay = start - timeOfDay(start);
  const { year, month } = civilOf(start);
  for (
    let ahead = 0, first = midnightOf(year, month, 1);
    ahead < HORIZON_MONTHS;
    ahead += 1, first = addMonths(first, 1)
  ) {
    const at = civilOf(first);
    if (!cron.months.includes(at.month)) continue;
    const end = first + daysInMonth(at.year, at.month) * DAY_MS;
    for (let day = Math.max(first, startDay); day < end; day += DAY_MS) {
      if (!matchesOne(cron.days, day) || !matchesOne(cron.weekdays, day)) continue;
      const time = firstTime(cron, day === startDay ? timeOfDay(start) : 0);
      if (time !== undefined) return day + time;
    }
  }
  return undefined;
}

function firstTime(cron: Cron, earliest: number): number | undefined {
  for (const hour of cron.hours) {
    if ((hour + 1) * HOUR_MS <= earliest) continue;
    for (const minute of cron.minutes) {
      for (const second of cron.seconds) {
        const time = hour * HOUR_MS + minute * MINUTE_MS + second * 1000;
        if (time >= earliest) return time;
      }
    }
  }
  return undefined;
}

function matchesOne(rules: readonly CronDay[], localDay: number): boolean {
  return rules.some((rule) => matches(rule, localDay));
}

function matches(rule: CronDay, localDay: number): boolean {
  const { year, month, day } = civilOf(localDay);
  switch (rule.kind) {
    case 'every':
      return true;
    case 'dayOfMonth':
      return day === rule.day;
    case 'lastDayOfMonth':
      return day === daysInMonth(year, month);
    case 'weekday':
      return weekdayOf(localDay) === rule.weekday;
    case 'nthWeekday':
      return weekdayOf(localDay) === rule.weekday && Math.ceil(day / 7) === rule.n;
    case 'lastWeekday':
      return weekdayOf(localDay) === rule.weekday && day > daysInMonth(year, month) - 7;
  }
}
