import assert from 'node:assert/strict';
import fc from 'fast-check';
import { propertyOptions } from '../test/property-options.ts';
import { nextDue, nextDueAfter } from './next-due.ts';
import { parseCycle } from './parse-cycle.ts';

/** R15 of reliability.md: RUNS=20000 does all of it. */
const SCHEDULES = 300;
const FIRES = 6;
const HOUR = 3_600_000;
const ZONES = [
  ...[
    'Europe/Moscow',
    'Europe/Berlin',
    'Europe/London',
    'Europe/Lisbon',
    'Europe/Dublin',
    'Europe/Chisinau',
    'Asia/Yekaterinburg',
  ],
  ...[
    'America/New_York',
    'America/St_Johns',
    'America/Santiago',
    'America/Havana',
    'America/Sao_Paulo',
    'America/Asuncion',
  ],
  ...[
    'Australia/Lord_Howe',
    'Australia/Sydney',
    'Pacific/Apia',
    'Pacific/Chatham',
    'Pacific/Auckland',
    'Pacific/Kiritimati',
  ],
  ...['Asia/Beirut', 'Asia/Jerusalem', 'Asia/Kathmandu', 'Africa/Cairo', 'Africa/Casablanca', 'UTC'],
];
const zone = fc.constantFrom(...ZONES);
const instant = fc
  .integer({ min: Date.UTC(2020, 0, 1) / 1_000, max: Date.UTC(2035, 0, 1) / 1_000 })
  .map((seconds) => seconds * 1_000);

/** The wall clock by Intl, which knows nothing of our code: `2026-03-29 02:30`. */
function wall(at: number, timeZone: string): { readonly date: string; readonly time: string } {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, hourCycle: 'h23', ...digits });
    formats.set(timeZone, format);
  }
  const [date = '', time = ''] = format.format(at).split(' ');
  return { date, time };
}
const formats = new Map<string, Intl.DateTimeFormat>();

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + 24 * HOUR).toISOString().slice(0, 10);
}

/** Whether a wall clock ever shows this time on this day: false inside the hour that is left out in spring. */
function exists(date: string, time: string, timeZone: string): boolean {
  const middle = Date.parse(`${date}T${time}:00Z`);
  for (let at = middle - 15 * HOUR; at <= middle + 15 * HOUR; at += HOUR / 4) {
    const shown = wall(at, timeZone);
    if (shown.date === date && shown.time === time) return true;
  }
  return false;
}

describe('schedules in 25 zones from 2020 to 2035', function () {
  this.timeout(600_000);

  it('a daily time comes once each day, also on the days of 23 and 25 hours, and at that time unless the clock leaves it out', () => {
    const property = fc.property(
      zone,
      instant,
      fc.nat({ max: 23 }),
      fc.constantFrom(0, 15, 30, 45),
      (name, start, hour, minute) => {
        const cycle = parseCycle(`0 ${minute} ${hour} * * *`, name);
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        let after = start;
        let expected: string | undefined;
        for (let fire = 0; fire < FIRES; fire += 1) {
          const due = nextDueAfter(cycle, start, after)!.dueAt;
          assert.ok(due > after, 'never at once again');
          const shown = wall(due, name);
          if (expected !== undefined) assert.equal(shown.date, expected, 'one a day');
          if (shown.time !== time)
            assert.ok(!exists(shown.date, time, name), `${shown.date} ${shown.time} for ${time}`);
          expected = dayAfter(shown.date);
          after = due;
        }
      },
    );
    fc.assert(property, propertyOptions(SCHEDULES));
  });

  it('an interval is counted from its beginning: whoever was away for a while is back on the same schedule, and never early', () => {
    const interval = fc.constantFrom('R/PT1H', 'R/PT90M', 'R/P1D', 'R/P1W', 'R/P1M', 'R/P1Y', 'R/P1M15D');
    const property = fc.property(zone, instant, interval, fc.nat({ max: 400 }), (name, anchor, text, days) => {
      const cycle = parseCycle(text, name);
      const back = anchor + days * 24 * HOUR;
      const due = nextDueAfter(cycle, anchor, back)!;
      assert.ok(due.dueAt > back);
      assert.equal(nextDue(cycle, anchor, due.n!), due.dueAt, 'what it would have been without the pause');
      if (due.n! > 1) assert.ok(nextDue(cycle, anchor, due.n! - 1)! <= back, 'and nothing between is left out');
    });
    fc.assert(property, propertyOptions(SCHEDULES));
  });
});
