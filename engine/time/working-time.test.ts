// The vectors of domain.md §4, on the calendar files that are shipped.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { isWorkingDay } from './business-calendar.ts';
import { DAY_MS, midnightOf } from './civil-time.ts';
import { diffWorking } from './diff-working.ts';
import { formatInstant } from './format-instant.ts';
import { legalDeadline } from './legal-deadline.ts';
import { nthWorkingDay } from './nth-working-day.ts';
import { parseInstant } from './parse-instant.ts';
import { shippedCalendars, shippedFiles, shippedPack } from './test/shipped-calendars.ts';
import { nthWorkingDayOf, workingDurationBetween, workingTimeAfter } from './working-time-functions.ts';

const office = shippedCalendars.resolve('ru-office');
const moscow = 'Europe/Moscow';

function after(start: string, duration: string, calendarId = 'ru-office'): string {
  const { dueAt, zone, provisional } = workingTimeAfter(
    parseInstant(start, moscow),
    duration,
    calendarId,
    shippedCalendars,
  );
  return formatInstant(dueAt, zone).slice(0, 16) + (provisional ? ' provisional' : '');
}

function workingDays(year: number): number {
  let count = 0;
  for (let day = midnightOf(year, 1, 1); day < midnightOf(year + 1, 1, 1); day += DAY_MS) {
    if (isWorkingDay(office.calendar, day)) count += 1;
  }
  return count;
}

describe('calendar of Russia', () => {
  it('2026: 247 working and 118 free days, 1972 hours', () => {
    assert.equal(workingDays(2026), 247);
    assert.equal(office.year(2026).total / 3_600_000, 1972);
    assert.equal(office.year(2026).dayStarts.length, 247);
    assert.equal(office.calendar.year(2026).provisional, false);
  });

  it('2027, provisional: 247 working days, 1972 hours', () => {
    assert.equal(workingDays(2027), 247);
    assert.equal(office.year(2027).total / 3_600_000, 1972);
    assert.equal(office.calendar.year(2027).provisional, true);
  });

  const fifth: Readonly<Record<number, readonly number[]>> = {
    2026: [16, 6, 6, 7, 8, 5, 7, 7, 7, 7, 9, 7],
    2027: [15, 5, 5, 7, 11, 7, 7, 6, 7, 7, 9, 7],
  };
  for (const [year, days] of Object.entries(fifth)) {
    days.forEach((day, index) => {
      it(`5th working day of ${year}-${index + 1} is the ${day}th`, () => {
        const found = nthWorkingDayOf({ year: Number(year), month: index + 1, n: 5 }, 'ru', shippedCalendars);
        assert.equal(found.date, new Date(midnightOf(Number(year), index + 1, day)).toISOString().slice(0, 10));
        assert.equal(found.provisional, year === '2027');
        assert.equal(found.calendarVersion, `ru-${year}@1`);
      });
    });
  }

  it('counts working days from the end, and refuses what the month does not have', () => {
    assert.equal(nthWorkingDay({ year: 2026, month: 12, n: -1 }, office.calendar).date, '2026-12-30');
    assert.equal(nthWorkingDay({ year: 2027, month: 2, n: 14 }, office.calendar).date, '2027-02-18');
    assert.equal(nthWorkingDay({ year: 2027, month: 2, n: 16 }, office.calendar).date, '2027-02-20');
    assert.throws(() => nthWorkingDay({ year: 2026, month: 1, n: 16 }, office.calendar), { code: 'timeOutOfRange' });
    assert.throws(() => nthWorkingDay({ year: 2026, month: 13, n: 1 }, office.calendar), { code: 'timeOutOfRange' });
  });
});

describe('working time after', () => {
  const vectors: readonly (readonly [start: string, duration: string, due: string])[] = [
    ['2026-04-30T16:00', '4WH', '2026-05-04T12:00'],
    ['2026-11-03T16:00', '2WH', '2026-11-05T10:00'],
    ['2026-12-30T17:30', '2WH', '2027-01-11T10:30 provisional'],
    ['2027-02-19T17:00', '2WH', '2027-02-20T10:00 provisional'],
    ['2026-11-20T12:30', '2WH', '2026-11-20T15:30'],
    ['2026-11-21T10:00', '8WH', '2026-11-23T18:00'],
    ['2026-05-08T16:30', '1WH', '2026-05-12T09:30'],
    // The same hours in the ISO spelling.
    ['2026-04-30T16:00', 'PT4H', '2026-05-04T12:00'],
    ['2026-11-20T12:30', 'PT1H30M', '2026-11-20T15:00'],
    ['2026-11-20T09:00', '2.5WH', '2026-11-20T11:30'],
    ['2026-11-20T17:00', 'PT4WH', '2026-11-23T12:00'],
    ['2026-11-20T12:30', '30WM', '2026-11-20T13:00'],
    // Nothing to count: the next moment at which work goes on.
    ['2026-11-20T13:30', 'PT0M', '2026-11-20T14:00'],
    ['2026-11-20T18:00', 'PT0M', '2026-11-23T09:00'],
    ['2026-11-20T17:59', 'PT0M', '2026-11-20T17:59'],
    // End of business of the n-th working day after the start day; a short day ends at 17.
    ['2026-11-20T10:00', 'P1D', '2026-11-23T18:00'],
    ['2026-11-20T10:00', '3WD', '2026-11-25T18:00'],
    ['2026-11-20T23:00', 'P3WD', '2026-11-25T18:00'],
    ['2026-11-21T10:00', 'P3WD', '2026-11-25T18:00'],
    ['2026-10-29T10:00', '3 WD', '2026-11-03T17:00'],
    ['2026-12-29T10:00', 'P2D', '2027-01-11T18:00 provisional'],
    ['2027-02-19T10:00', 'P1D', '2027-02-20T17:00 provisional'],
    ['2026-11-20T10:00', 'P0D', '2026-11-20T18:00'],
    ['2026-11-20T18:01', 'P0D', '2026-11-23T18:00'],
    ['2026-11-21T10:00', 'P0D', '2026-11-23T18:00'],
    // Backwards, for reminders: the latest moment that leaves the time.
    ['2026-11-23T10:00', '-PT2H', '2026-11-20T17:00'],
    ['2026-11-23T10:00', '-PT1H', '2026-11-23T09:00'],
    ['2026-11-05T10:00', '-2WH', '2026-11-03T16:00'],
    ['2027-01-11T10:30', '-2WH', '2026-12-30T17:30 provisional'],
    ['2026-11-23T10:00', '-P1D', '2026-11-20T18:00'],
    ['2026-11-21T10:00', '-1WD', '2026-11-20T18:00'],
    ['2027-01-11T10:00', '-P1D', '2026-12-30T18:00 provisional'],
  ];
  for (const [start, duration, due] of vectors) {
    it(`${start} + ${duration} = ${due}`, () => assert.equal(after(start, duration), due));
  }

  it('2026-11-20 10:00 Moscow + 4WH in Vladivostok is 2026-11-23 12:00 there', () => {
    const vladivostok = 'ru-office@Asia/Vladivostok';
    assert.equal(after('2026-11-20T10:00', '4WH', vladivostok), '2026-11-23T12:00');
    const { dueAt, zone } = workingTimeAfter(
      parseInstant('2026-11-20T10:00', moscow),
      '4WH',
      vladivostok,
      shippedCalendars,
    );
    assert.equal(formatInstant(dueAt, zone), '2026-11-23T12:00:00+10:00');
  });

  it('24x7 counts every hour of every year, and needs no file for it', () => {
    assert.equal(after('2026-12-31T22:00', '4WH', '24x7'), '2027-01-01T02:00');
    assert.equal(after('2040-12-31T22:00', 'PT4H', '24x7'), '2041-01-01T02:00');
    assert.equal(after('2026-11-21T10:00', 'P1D', '24x7'), '2026-11-23T00:00');
  });

  it('names the files that a due time rests on', () => {
    const start = parseInstant('2026-12-30T17:30', moscow);
    assert.equal(workingTimeAfter(start, '15WM', 'ru-office', shippedCalendars).calendarVersion, 'ru-2026@1');
    assert.equal(workingTimeAfter(start, '2WH', 'ru-office', shippedCalendars).calendarVersion, 'ru-2026@1,ru-2027@1');
    assert.equal(workingTimeAfter(start, '2WH', '24x7', shippedCalendars).calendarVersion, 'every-day');
  });

  it('a year without a file is an error that says what to do, never Monday to Friday', () => {
    for (const [start, duration] of [
      ['2027-12-30T17:30', '2WH'],
      ['2025-11-20T10:00', '1WH'],
      ['2026-01-12T10:00', '-1WD'],
      ['2026-11-20T10:00', '900WD'],
    ] as const) {
      assert.throws(() => after(start, duration), {
        code: 'missingCalendarYear',
        name: 'MissingCalendarYear',
        message: /calendar "ru" to have a file for (2025|2028) .*Add ru-(2025|2028)\.calendar\.json/,
      });
    }
    assert.throws(() => nthWorkingDayOf({ year: 2028, month: 1, n: 5 }, 'ru', shippedCalendars), {
      code: 'missingCalendarYear',
    });
  });

  it('midnight of the last New Year asks nothing of the year that is not entered', () => {
    const midnight = parseInstant('2028-01-01', moscow);
    const found = workingTimeAfter(midnight, '-2WH', 'ru-office', shippedCalendars);
    assert.equal(formatInstant(found.dueAt, moscow), '2027-12-30T16:00:00+03:00');
    assert.equal(after('2028-01-01', '-1WD'), '2027-12-30T18:00 provisional');
    assert.equal(after('2027-12-30T23:00', '1WH', 'ru-24x7'), '2027-12-31T00:00 provisional');
  });

  it('an endless search ends', () => {
    assert.throws(() => after('2026-11-20T10:00', '9999999WH', '24x7'), { code: 'timeOutOfRange' });
  });

  it('an unknown calendar names those that are known', () => {
    assert.throws(() => after('2026-11-20T10:00', '1WH', 'ru'), { code: 'unknownCalendar', message: /ru-office/ });
    assert.throws(() => after('2026-11-20T10:00', '1WH', 'ru-office@Mars/Olympus'), { code: 'unknownZone' });
  });
});

describe('working duration between', () => {
  const minutes = (from: string, to: string): number =>
    workingDurationBetween(parseInstant(from, moscow), parseInstant(to, moscow), 'ru-office', shippedCalendars);

  it('counts minutes inside hours, negative when overdue', () => {
    assert.equal(minutes('2026-11-20T12:30', '2026-11-20T15:30'), 120);
    assert.equal(minutes('2026-11-20T15:30', '2026-11-20T12:30'), -120);
    assert.equal(minutes('2026-11-20T18:00', '2026-11-23T09:00'), 0);
    assert.equal(minutes('2026-12-30T17:30', '2027-01-11T10:30'), 120);
    assert.equal(minutes('2026-01-01', '2027-01-01'), 1972 * 60);
    assert.equal(minutes('2026-01-01', '2028-01-01') / 60, 2 * 1972);
    assert.equal(minutes('2026-11-20T10:00:00', '2026-11-20T10:00:30'), 0.5);
  });

  it('zero is never minus zero', () => {
    assert.ok(Object.is(diffWorking(0 + Date.UTC(2026, 10, 22), Date.UTC(2026, 10, 21), office), 0));
  });
});

describe('legal deadline', () => {
  const term = (start: string, length: string): readonly unknown[] => {
    const found = legalDeadline({ start, term: length, zone: moscow }, office.calendar);
    return [found.unshiftedDate, found.date, found.shifted, found.provisional, formatInstant(found.dueAt, moscow)];
  };

  it('runs from the next day and moves to a working day', () => {
    assert.deepEqual(term('2026-10-25', 'P10D'), [
      '2026-11-04',
      '2026-11-05',
      true,
      false,
      '2026-11-06T00:00:00+03:00',
    ]);
    assert.deepEqual(term('2026-12-21', 'P10D'), ['2026-12-31', '2027-01-11', true, true, '2027-01-12T00:00:00+03:00']);
    assert.deepEqual(term('2026-11-09', 'P10D'), [
      '2026-11-19',
      '2026-11-19',
      false,
      false,
      '2026-11-20T00:00:00+03:00',
    ]);
  });

  it('months end on the same day or the last one of the month (Civil Code, art. 192)', () => {
    assert.deepEqual(term('2026-01-31', 'P1M').slice(0, 2), ['2026-02-28', '2026-03-02']);
    assert.deepEqual(term('2026-10-26', 'P1M').slice(0, 2), ['2026-11-26', '2026-11-26']);
    assert.deepEqual(term('2026-10-26', 'P2W').slice(0, 2), ['2026-11-09', '2026-11-09']);
  });

  it('takes an instant too, and counts from its date in the zone', () => {
    const start = parseInstant('2026-10-24T23:00:00Z', moscow);
    const found = legalDeadline({ start, term: 'P10D', zone: moscow }, office.calendar);
    assert.equal(found.unshiftedDate, '2026-11-04');
  });

  it('refuses hours and terms that run backwards', () => {
    assert.throws(() => term('2026-10-25', 'PT10H'), { code: 'badTimeText' });
    assert.throws(() => term('2026-10-25', '-P10D'), { code: 'badTimeText' });
    assert.throws(() => term('2027-12-30', 'P10D'), { code: 'missingCalendarYear' });
  });
});

describe('pack calendars', () => {
  it('lists exactly the files that exist', () => {
    const listed = [...shippedPack.calendars, ...shippedPack.schedules];
    assert.deepEqual(
      listed,
      shippedFiles.map((file) => file.name),
    );
    for (const name of listed)
      assert.ok(existsSync(new URL(`../../processes/calendars/${name}`, import.meta.url)), name);
  });

  it('offers the ids that models write', () => {
    assert.deepEqual(shippedCalendars.ids, ['24x7', '24x7-24x7', '24x7-office', 'ru-24x7', 'ru-office']);
  });
});
