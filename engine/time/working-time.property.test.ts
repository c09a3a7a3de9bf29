import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomSeed } from '../test/property-options.ts';
import { addWorking } from './add-working.ts';
import { buildCalendarSet } from './build-calendar-set.ts';
import { diffWorking } from './diff-working.ts';
import { shippedFiles } from './test/shipped-calendars.ts';
import type { WorkHours } from './work-hours.ts';
import { patternOf } from './work-year.ts';
import { toLocal } from './zone-arithmetic.ts';

const night = ['20:00-06:00'];
const set = buildCalendarSet([
  ...shippedFiles,
  {
    name: 'night',
    content: { schedule: 'night', zone: 'Europe/Berlin', week: { mon: night, wed: night, thu: night, sun: night } },
  },
  {
    name: 'shift',
    content: {
      ...{ schedule: 'shift', zone: 'Australia/Lord_Howe' },
      cycle: { start: '2026-01-02', days: [['08:00-20:00'], ['20:00-08:00'], [], []] },
    },
  },
]);
const ids = ['ru-office', 'ru-night', 'ru-shift', '24x7', 'ru-office@America/New_York', '24x7@Australia/Lord_Howe'];

const from = Date.UTC(2026, 6, 1);
const instant = fc.integer({ min: from / 1000, max: Date.UTC(2027, 6, 1) / 1000 }).map((seconds) => seconds * 1000);
const hoursOf = fc.constantFrom(...ids).map((id) => set.resolve(id));

/** Working minutes by looking at every minute's wall clock: slow, and without any of the code under test but the pattern. */
function countMinutes(fromMs: number, toMs: number, hours: WorkHours, step = 1): number {
  const { calendar, schedule } = hours;
  let count = 0;
  for (let at = fromMs; at < toMs; at += step * 60_000) {
    const local = toLocal(at, schedule.zone);
    const minute = Math.floor(local / 60_000) % 1440;
    const today = local - (local % 86_400_000);
    const open =
      patternOf(calendar, schedule, today).some(({ from, to }) => minute >= from && minute < to) ||
      patternOf(calendar, schedule, today - 86_400_000).some(({ to }) => minute + 1440 < to);
    if (open) count += step;
  }
  return count;
}

describe(`working time properties (seed ${randomSeed})`, () => {
  const settings = { seed: randomSeed, numRuns: 1000 };

  it('diffWorking gives back what addWorking added, forwards and backwards', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -20_000, max: 20_000 }), hoursOf, (start, minutes, hours) => {
        const { dueAt } = addWorking(start, { kind: 'minutes', minutes }, hours);
        assert.equal(diffWorking(start, dueAt, hours), minutes);
        assert.ok(minutes < 0 ? dueAt < start : dueAt >= start);
        if (minutes !== 0) {
          const closer = dueAt - Math.sign(minutes) * 1000;
          assert.ok(Math.abs(diffWorking(start, closer, hours)) < Math.abs(minutes), 'it is the nearest such instant');
        }
      }),
      settings,
    );
  });

  it('adding in two steps is adding at once', () => {
    const part = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(instant, part, part, hoursOf, (start, a, b, hours) => {
        const add = (at: number, minutes: number): number => addWorking(at, { kind: 'minutes', minutes }, hours).dueAt;
        assert.equal(add(add(start, a), b), add(start, a + b));
      }),
      settings,
    );
  });

  it('n working days are n times the next one, and end when business ends', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('ru-office', 'ru-office@America/New_York'),
        (start, n, id) => {
          const hours = set.resolve(id);
          let at = start;
          for (let count = 0; count < n; count += 1) at = addWorking(at, { kind: 'days', days: 1 }, hours).dueAt;
          assert.equal(addWorking(start, { kind: 'days', days: n }, hours).dueAt, at);
          assert.equal(diffWorking(at - 60_000, at + 60_000, hours), 1);
        },
      ),
      settings,
    );
  });

  it('agrees with counting minute by minute', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 3000 }), hoursOf, (start, length, hours) => {
        const begin = start - (start % 60_000);
        const end = begin + length * 60_000;
        assert.equal(diffWorking(begin, end, hours), countMinutes(begin, end, hours));
      }),
      { ...settings, numRuns: 25 },
    );
  });

  // Every interval and offset here is a multiple of 10 minutes, so looking at every tenth one is exact.
  it('agrees with counting across every change of clocks', () => {
    for (const id of ['24x7@Australia/Lord_Howe', 'ru-night', 'ru-shift', '24x7@America/New_York']) {
      const hours = set.resolve(id);
      for (const day of [
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-10-04',
        '2026-10-25',
        '2026-11-01',
        '2026-12-31',
      ]) {
        const middle = Date.parse(`${day}T00:00:00Z`);
        const [begin, end] = [middle - 86_400_000, middle + 2 * 86_400_000];
        assert.equal(diffWorking(begin, end, hours), countMinutes(begin, end, hours, 10), `${id} ${day}`);
      }
    }
  });
});
