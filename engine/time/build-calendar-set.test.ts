import assert from 'node:assert/strict';
import { buildCalendarSet, type CalendarSet, type CalendarSetFile } from './build-calendar-set.ts';
import { CalendarFileError } from './calendar-file-error.ts';
import { formatInstant } from './format-instant.ts';
import { parseInstant } from './parse-instant.ts';
import { shippedFiles } from './test/shipped-calendars.ts';
import { nthWorkingDayOf, workingDurationBetween, workingTimeAfter } from './working-time-functions.ts';

const year = { year: 2026, provisional: false, source: 'test', version: '7' };
const week = { mon: ['09:00-18:00'], tue: ['09:00-18:00'] };

function withFiles(...contents: readonly object[]): CalendarSet {
  return buildCalendarSet([
    ...shippedFiles,
    ...contents.map((content, index) => ({ name: `extra-${index}.json`, content })),
  ]);
}

function after(set: CalendarSet, calendarId: string, start: string, duration: string): string {
  const { zone } = set.resolve(calendarId).schedule;
  return formatInstant(workingTimeAfter(parseInstant(start, zone), duration, calendarId, set).dueAt, zone).slice(0, 16);
}

describe('calendar layers', () => {
  const layers = [
    {
      ...{ calendar: 'ru-tatarstan', layer: 'region', extends: 'ru', ...year },
      days: [
        { d: '03-20', type: 'off', name: 'Ураза-байрам' },
        { d: '05-27', type: 'off', name: 'Курбан-байрам' },
      ],
    },
    {
      ...{ calendar: 'acme', layer: 'company', extends: 'ru-tatarstan', ...year, provisional: true },
      days: [
        { d: '11-21', type: 'work' },
        { d: '03-20', type: 'short' },
      ],
    },
    {
      ...{ calendar: 'ivanov', layer: 'person', extends: 'acme', ...year },
      days: [{ d: '11-23', to: '11-25', type: 'off', name: { ru: 'Отпуск', en: 'Vacation' } }],
    },
  ];
  const set = withFiles(...layers);

  it('each layer adds to the one below and overrides it', () => {
    assert.equal(after(set, 'ru-office', '2026-03-19T17:00', '2WH'), '2026-03-20T10:00');
    assert.equal(after(set, 'ru-tatarstan-office', '2026-03-19T17:00', '2WH'), '2026-03-23T10:00');
    assert.equal(after(set, 'acme-office', '2026-03-19T17:00', '8WH'), '2026-03-20T17:00');
    assert.equal(after(set, 'acme-office', '2026-11-20T17:00', '2WH'), '2026-11-21T10:00');
    assert.equal(after(set, 'ivanov-office', '2026-11-21T17:30', '1WH'), '2026-11-26T09:30');
    assert.equal(nthWorkingDayOf({ year: 2026, month: 3, n: 15 }, 'ru-tatarstan', set).date, '2026-03-24');
  });

  it('results name every layer, and one provisional layer makes them provisional', () => {
    const start = parseInstant('2026-11-23T10:00', 'UTC');
    const found = workingTimeAfter(start, '1WH', 'acme-office', set);
    assert.deepEqual([found.provisional, found.calendarVersion], [true, 'ru-2026@1,ru-tatarstan-2026@7,acme-2026@7']);
  });

  it('a region without the year is missing; a company without it adds nothing', () => {
    assert.throws(() => set.calendar('ru-tatarstan').year(2027), {
      message: /calendar "ru-tatarstan" .* 2027 .*Add ru-tatarstan-2027\.calendar\.json/,
    });
    const company = withFiles({ calendar: 'acme', layer: 'company', extends: 'ru', ...year, days: [] });
    assert.equal(company.calendar('acme').year(2027).version, 'ru-2027@1');
    const alone = withFiles({ calendar: 'acme', layer: 'company', ...year, days: [] });
    assert.throws(() => alone.calendar('acme').year(2027), { code: 'missingCalendarYear' });
  });

  it('a person may have a vacation over a calendar without exceptions', () => {
    const set24 = withFiles({
      calendar: 'guard',
      layer: 'person',
      extends: '24x7',
      ...year,
      days: [{ d: '11-21', type: 'off' }],
    });
    assert.equal(after(set24, 'guard-24x7', '2026-11-20T23:00', '2WH'), '2026-11-22T01:00');
    assert.equal(after(set24, 'guard-24x7', '2028-11-20T23:00', '2WH'), '2028-11-21T01:00');
  });
});

describe('schedules', () => {
  it('a night shift belongs to the day it begins: a holiday removes all of it, a short day cuts its end', () => {
    const set = withFiles({
      schedule: 'night',
      zone: 'Europe/Moscow',
      week: { mon: ['20:00-08:00'], tue: ['20:00-08:00'], wed: ['20:00-08:00'] },
    });
    assert.equal(after(set, 'ru-night', '2026-11-16T19:00', '12WH'), '2026-11-17T08:00');
    assert.equal(after(set, 'ru-night', '2026-11-17T03:00', '6WH'), '2026-11-17T21:00');
    // Tuesday 3 November is short: its night ends at 7. Wednesday 4 November is a holiday. The next shift is Monday's.
    assert.equal(after(set, 'ru-night', '2026-11-03T20:00', '11WH'), '2026-11-04T07:00');
    assert.equal(after(set, 'ru-night', '2026-11-03T20:00', '12WH'), '2026-11-09T21:00');
    assert.equal(after(set, 'ru-night', '2026-11-16T21:00', 'P1D'), '2026-11-18T08:00');
    const minutes = (from: string, to: string): number =>
      workingDurationBetween(parseInstant(from, 'Europe/Moscow'), parseInstant(to, 'Europe/Moscow'), 'ru-night', set);
    assert.equal(minutes('2026-11-03T12:00', '2026-11-05T12:00'), 11 * 60);
  });

  it('a night shift of 31 December is found on 1 January', () => {
    const set = withFiles({
      schedule: 'night',
      zone: 'Europe/Moscow',
      week: { thu: ['20:00-08:00'], fri: ['20:00-08:00'] },
    });
    assert.equal(after(set, '24x7-night', '2027-01-01T03:00', '6WH'), '2027-01-01T21:00');
    assert.equal(after(set, '24x7-night', '2027-01-01T03:00', 'PT0M'), '2027-01-01T03:00');
    assert.equal(after(set, '24x7-night', '2027-01-01T21:00', '-6WH'), '2027-01-01T03:00');
  });

  it('shifts 2/2 go on through weekends and holidays of a calendar that has none', () => {
    const shift = {
      schedule: 'shift-a',
      zone: 'Europe/Moscow',
      cycle: { start: '2026-01-01', days: [['08:00-20:00'], ['08:00-20:00'], [], []] },
    };
    const set = withFiles(shift, { ...shift, schedule: 'shift-b', cycle: { ...shift.cycle, start: '2026-01-03' } });
    assert.equal(after(set, '24x7-shift-a', '2026-01-01T19:00', '14WH'), '2026-01-05T09:00');
    assert.equal(after(set, '24x7-shift-b', '2026-01-01T19:00', '1WH'), '2026-01-03T09:00');
    assert.equal(after(set, '24x7-shift-a', '2025-12-27T21:00', '1WH'), '2025-12-28T09:00');
  });

  it('a moved working Saturday takes Friday’s hours or those declared', () => {
    const days = { mon: ['10:00-12:00'], thu: ['08:00-12:00'], fri: ['09:00-11:00'] };
    const set = withFiles(
      { schedule: 'plain', zone: 'Europe/Moscow', week: days },
      { schedule: 'declared', zone: 'Europe/Moscow', week: days, movedDayLike: 'thu', shortDayCutMinutes: 30 },
    );
    // 20 February 2027 is a working Saturday and short.
    assert.equal(after(set, 'ru-plain', '2027-02-19T12:00', 'P1D'), '2027-02-20T10:00');
    assert.equal(after(set, 'ru-declared', '2027-02-19T12:00', 'P1D'), '2027-02-20T11:30');
  });

  it('the cut of a short day goes on into the interval before when the last one is shorter', () => {
    const set = withFiles({ schedule: 'split', zone: 'Europe/Moscow', week: { tue: ['09:00-17:00', '17:30-18:00'] } });
    assert.equal(after(set, 'ru-split', '2026-11-02T12:00', 'P1D'), '2026-11-03T16:30');
  });

  it('a shop’s own Saturday is worked unless it is a holiday', () => {
    const set = withFiles({ schedule: 'shop', zone: 'Europe/Moscow', week: { sat: ['10:00-16:00'] } });
    assert.equal(after(set, 'ru-shop', '2026-05-08T12:00', '1WH'), '2026-05-16T11:00');
  });

  it('extends takes the hours and changes the zone', () => {
    const set = withFiles({ schedule: 'far-east', extends: 'office', zone: 'Asia/Vladivostok' });
    assert.equal(after(set, 'ru-far-east', '2026-11-20T17:00', '4WH'), '2026-11-23T12:00');
  });
});

describe('calendar files', () => {
  const valid = { calendar: 'xx', ...year, days: [] as object[] };
  const bad: readonly (readonly [string, unknown, field: string, RegExp])[] = [
    ['no object', 7, '', /"calendar" or "schedule"/],
    ['nothing known', { pack: 'x' }, '', /"calendar" or "schedule"/],
    ['misspelt field', { ...valid, provisonal: true }, 'provisonal', /no such field/],
    ['provisional missing', { ...valid, provisional: undefined }, 'provisional', /true or false/],
    ['year as text', { ...valid, year: '2026' }, 'year', /whole number/],
    ['no source', { ...valid, source: ' ' }, 'source', /text/],
    ['id with spaces', { ...valid, calendar: 'my cal' }, 'calendar', /matching/],
    ['29 February', { ...valid, days: [{ d: '02-29', type: 'off' }] }, 'days[0].d', /day of 2026/],
    ['day type', { ...valid, days: [{ d: '02-28', type: 'holiday' }] }, 'days[0].type', /off, short, work/],
    [
      'day twice',
      {
        ...valid,
        days: [
          { d: '02-28', type: 'off' },
          { d: '02-27', to: '02-28', type: 'off' },
        ],
      },
      'days[1].d',
      /once/,
    ],
    ['range backwards', { ...valid, days: [{ d: '12-30', to: '01-02', type: 'off' }] }, 'days[0].to', /New Year/],
    [
      'name without English',
      { ...valid, days: [{ d: '12-30', type: 'off', name: { ru: 'x' } }] },
      'days[0].name.en',
      /text/,
    ],
    ['days missing', { ...valid, days: undefined }, 'days', /list/],
    ['a year twice', { ...valid, calendar: 'ru', provisional: false }, 'year', /one file only/],
    ['extends nothing', { ...valid, extends: 'nowhere' }, 'extends', /"nowhere" is none/],
    ['extends itself', { ...valid, extends: 'xx' }, 'extends', /no circle/],
    [
      'layer upside down',
      { ...valid, calendar: 'yy', layer: 'country', extends: 'region' },
      'layer',
      /not above region/,
    ],
    ['unknown layer', { ...valid, layer: 'planet' }, 'layer', /country, region/],
    ['everyDay false', { calendar: 'xx', everyDay: false }, 'everyDay', /true/],
    ['everyDay with days', { ...valid, everyDay: true }, 'year', /no such field/],
    ['unknown zone', { schedule: 's', zone: 'Europe/Moskow', week }, 'zone', /IANA/],
    ['no zone', { schedule: 's', week }, 'zone', /IANA/],
    ['no hours', { schedule: 's', zone: 'UTC' }, 'week', /week or cycle/],
    ['empty week', { schedule: 's', zone: 'UTC', week: {} }, 'week', /at least one/],
    ['bad interval', { schedule: 's', zone: 'UTC', week: { mon: ['9-18'] } }, 'week.mon', /09:00-13:00/],
    ['24:30', { schedule: 's', zone: 'UTC', week: { mon: ['09:00-24:30'] } }, 'week.mon', /09:00-13:00/],
    [
      'overlap',
      { schedule: 's', zone: 'UTC', week: { mon: ['09:00-13:00', '12:00-18:00'] } },
      'week.mon',
      /none over another/,
    ],
    [
      'night over morning',
      { schedule: 's', zone: 'UTC', week: { mon: ['20:00-08:00'], tue: ['07:00-09:00'] } },
      'week.mon',
      /next day/,
    ],
    ['weekday name', { schedule: 's', zone: 'UTC', week: { monday: [] } }, 'week.monday', /no such field/],
    ['week and cycle', { schedule: 's', zone: 'UTC', week, cycle: {} }, 'cycle', /not both/],
    [
      'cycle start',
      { schedule: 's', zone: 'UTC', cycle: { start: '2026-02-31', days: [['09:00-10:00']] } },
      'cycle.start',
      /date/,
    ],
    ['schedule twice', { schedule: 'office', zone: 'UTC', week }, 'schedule', /office\.schedule\.json/],
    ['schedule extends nothing', { schedule: 's', extends: 'nowhere' }, 'extends', /deployed schedule/],
  ];
  const region: CalendarSetFile = {
    name: 'region.json',
    content: { calendar: 'region', layer: 'region', extends: 'ru', ...year, days: [] },
  };
  for (const [what, content, field, message] of bad) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => buildCalendarSet([...shippedFiles, region, { name: 'broken.json', content }]),
        (error) => {
          assert.ok(error instanceof CalendarFileError, String(error));
          assert.equal(error.params.file, 'broken.json');
          assert.equal(error.params.field, field, error.message);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }

  it('refuses ids that two pairs would share', () => {
    const files = [
      { calendar: 'ru-far', extends: 'ru', layer: 'region', ...year, days: [] },
      { schedule: 'far-office', zone: 'UTC', week },
    ];
    assert.throws(() => withFiles(...files), /"ru-far-office" would be both/);
  });
});
