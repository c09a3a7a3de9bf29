import assert from 'node:assert/strict';
import { addDuration } from './add-duration.ts';
import { formatInstant } from './format-instant.ts';
import { parseDuration } from './parse-duration.ts';
import { parseInstant } from './parse-instant.ts';
import { TimeTextError } from './time-text-error.ts';
import { UnknownZone } from './unknown-zone.ts';

const zero = { years: 0, months: 0, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0, milliseconds: 0 };

describe('parseDuration', () => {
  it('reads every part', () => {
    assert.deepEqual(parseDuration('P1Y2M3W4DT5H6M7.089S'), {
      ...{ years: 1, months: 2, weeks: 3, days: 4, hours: 5, minutes: 6, seconds: 7, milliseconds: 89 },
    });
    assert.deepEqual(parseDuration('-P1DT1H'), { ...zero, days: -1, hours: -1 });
    assert.deepEqual(parseDuration('PT1,5H'), { ...zero, hours: 1, minutes: 30 });
    assert.deepEqual(parseDuration('P0D'), zero);
    assert.deepEqual(parseDuration('P1M'), { ...zero, months: 1 });
    assert.deepEqual(parseDuration('PT1M'), { ...zero, minutes: 1 });
  });

  const bad: readonly (readonly [string, number, RegExp])[] = [
    ['', 0, /letter P/],
    ['10M', 0, /letter P/],
    ['P', 1, /at least one part/],
    ['PT', 2, /after T/],
    ['P1DT', 4, /after T/],
    ['P10', 3, /letters Y, M, W, D/],
    ['P5H', 2, /letter T before/],
    ['PT5D', 3, /letters H, M, S/],
    ['P1D2M', 4, /letters none/],
    ['P1.5D', 1, /PT12H for half a day/],
    ['PT1.5H30M', 6, /no part after a fraction/],
    ['PT-5M', 2, /without a sign/],
    ['PT5MT5S', 4, /one T only/],
    ['P1D ', 3, /whole number/],
    ['pt5m', 0, /letter P/],
    ['PT1234567890S', 2, /at most 9 digits/],
  ];
  for (const [text, position, message] of bad) {
    it(`refuses "${text}" at ${position}`, () => {
      assert.throws(
        () => parseDuration(text),
        (error) => {
          assert.ok(error instanceof TimeTextError);
          assert.equal(error.problem.position, position, error.message);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }
});

describe('addDuration', () => {
  const cases: readonly (readonly [zone: string, start: string, duration: string, end: string])[] = [
    // A day is a calendar day, 24 hours are elapsed time.
    ['Europe/Berlin', '2026-03-28T12:00', 'P1D', '2026-03-29T12:00:00+02:00'],
    ['Europe/Berlin', '2026-03-28T12:00', 'PT24H', '2026-03-29T13:00:00+02:00'],
    ['Europe/Berlin', '2026-10-24T12:00', 'P1D', '2026-10-25T12:00:00+01:00'],
    ['Europe/Berlin', '2026-10-24T12:00', 'PT24H', '2026-10-25T11:00:00+01:00'],
    // Gap: the moment the clocks jump. Overlap: the first reading.
    ['Europe/Berlin', '2026-03-28T02:30', 'P1D', '2026-03-29T03:00:00+02:00'],
    ['Europe/Berlin', '2026-10-24T02:30', 'P1D', '2026-10-25T02:30:00+02:00'],
    ['America/New_York', '2026-03-07T02:30', 'P1D', '2026-03-08T03:00:00-04:00'],
    ['America/New_York', '2026-10-31T01:30', 'P1D', '2026-11-01T01:30:00-04:00'],
    ['America/New_York', '2026-10-31T01:30', 'P1DT1H', '2026-11-01T01:30:00-05:00'],
    ['Australia/Lord_Howe', '2026-10-03T02:15', 'P1D', '2026-10-04T02:30:00+11:00'],
    ['Australia/Lord_Howe', '2026-04-04T01:45', 'P1D', '2026-04-05T01:45:00+11:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', 'PT30M', '2026-04-05T01:45:00+10:30'],
    // Samoa crossed the date line and had no 30 December 2011.
    ['Pacific/Apia', '2011-12-29T10:00', 'P1D', '2011-12-31T00:00:00+14:00'],
    ['Pacific/Apia', '2011-12-29T10:00', 'P2D', '2011-12-31T10:00:00+14:00'],
    ['Pacific/Apia', '2011-12-29T10:00', 'PT24H', '2011-12-31T10:00:00+14:00'],
    // Months clamp, backwards too.
    ['Europe/Moscow', '2026-01-31T09:00', 'P1M', '2026-02-28T09:00:00+03:00'],
    ['Europe/Moscow', '2028-01-31T09:00', 'P1M', '2028-02-29T09:00:00+03:00'],
    ['Europe/Moscow', '2028-02-29T09:00', 'P1Y', '2029-02-28T09:00:00+03:00'],
    ['Europe/Moscow', '2026-03-31T09:00', '-P1M', '2026-02-28T09:00:00+03:00'],
    ['Europe/Moscow', '2026-01-31T09:00', 'P1M1D', '2026-03-01T09:00:00+03:00'],
    ['Europe/Moscow', '2026-11-21T00:00', 'P2W', '2026-12-05T00:00:00+03:00'],
  ];
  for (const [zone, start, duration, end] of cases) {
    it(`${start} ${zone} + ${duration} = ${end}`, () => {
      const result = addDuration(parseInstant(start, zone), parseDuration(duration), zone);
      assert.equal(formatInstant(result, zone), end);
    });
  }

  it('leaves an instant of the second pass where it is when no day is added', () => {
    const second = parseInstant('2026-10-25T02:30:00+01:00', 'Europe/Berlin');
    assert.equal(addDuration(second, parseDuration('PT0S'), 'Europe/Berlin'), second);
  });

  it('keeps to 24.8 days and beyond (2^31 ms is no limit here)', () => {
    const start = Date.UTC(2026, 0, 1);
    assert.equal(addDuration(start, parseDuration('PT1000H'), 'UTC') - start, 3_600_000_000);
  });

  it('refuses what leaves the calendar, and unknown zones', () => {
    assert.throws(() => addDuration(0, parseDuration('P9000Y'), 'UTC'), { code: 'timeOutOfRange' });
    assert.throws(() => addDuration(0, parseDuration('PT1H'), 'Europe/Moskow'), UnknownZone);
    assert.throws(() => addDuration(0, parseDuration('PT1H'), '+03:00'), UnknownZone);
  });
});
