import assert from 'node:assert/strict';
import { formatInstant } from './format-instant.ts';
import { nextDueAfter } from './next-due.ts';
import { parseCycle } from './parse-cycle.ts';
import { parseInstant } from './parse-instant.ts';
import { TimeTextError } from './time-text-error.ts';

function firings(text: string, zone: string, after: string, count: number): string[] {
  const cycle = parseCycle(text, zone);
  const found: string[] = [];
  for (let at = parseInstant(after, zone); found.length < count;) {
    at = nextDueAfter(cycle, 0, at)?.dueAt ?? assert.fail('no next firing');
    found.push(formatInstant(at, zone));
  }
  return found;
}

const short = (texts: readonly string[]): string[] => texts.map((text) => text.slice(0, 16));

describe('cron', () => {
  const cases: readonly (readonly [text: string, after: string, firings: readonly string[]])[] = [
    ['0 0 9-17 * * MON-FRI', '2026-11-20T16:30', ['2026-11-20T17:00', '2026-11-23T09:00']],
    ['*/15 * * * *', '2026-11-20T16:30', ['2026-11-20T16:45', '2026-11-20T17:00']],
    [
      '0 5/20 6 ? * SUN',
      '2026-11-20T00:00',
      ['2026-11-22T06:05', '2026-11-22T06:25', '2026-11-22T06:45', '2026-11-29T06:05'],
    ],
    ['0 0 6 L * *', '2026-01-31T06:00', ['2026-02-28T06:00', '2026-03-31T06:00']],
    ['0 0 6 31 * *', '2026-01-31T06:00', ['2026-03-31T06:00', '2026-05-31T06:00']],
    ['0 0 0 29 2 *', '2026-01-01', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['0 0 0 * * MON#1', '2026-11-01', ['2026-11-02T00:00', '2026-12-07T00:00']],
    ['0 0 0 * * 5L', '2026-11-01', ['2026-11-27T00:00', '2026-12-25T00:00']],
    ['0 0 0 13 * FRI', '2026-01-01', ['2026-02-13T00:00', '2026-03-13T00:00', '2026-11-13T00:00']],
    ['0 0 0 1,15 JAN,jul *', '2026-01-02', ['2026-01-15T00:00', '2026-07-01T00:00']],
    ['0 0 12 * * 7', '2026-11-21T00:00', ['2026-11-22T12:00']],
    ['@monthly', '2026-11-21T00:00', ['2026-12-01T00:00', '2027-01-01T00:00']],
    ['@hourly', '2026-11-21T23:00', ['2026-11-22T00:00']],
  ];
  for (const [text, after, expected] of cases) {
    it(`${text} after ${after}`, () => {
      assert.deepEqual(short(firings(text, 'Europe/Moscow', after, expected.length)), expected);
    });
  }

  it('a time in a gap fires when the clocks have jumped, once', () => {
    assert.deepEqual(firings('0 0,30 2 * * *', 'Europe/Berlin', '2026-03-28T02:15', 4), [
      '2026-03-28T02:30:00+01:00',
      '2026-03-29T03:00:00+02:00',
      '2026-03-30T02:00:00+02:00',
      '2026-03-30T02:30:00+02:00',
    ]);
  });

  it('a time in an overlap fires at the first reading only', () => {
    assert.deepEqual(firings('0 30 1 * * *', 'America/New_York', '2026-10-31T12:00', 2), [
      '2026-11-01T01:30:00-04:00',
      '2026-11-02T01:30:00-05:00',
    ]);
  });

  it('an expression for every hour goes on through both passes and skips what is not there', () => {
    assert.deepEqual(firings('0 */20 * * * *', 'Australia/Lord_Howe', '2026-04-05T01:20:00+11:00', 5), [
      '2026-04-05T01:40:00+11:00',
      '2026-04-05T01:40:00+10:30',
      '2026-04-05T02:00:00+10:30',
      '2026-04-05T02:20:00+10:30',
      '2026-04-05T02:40:00+10:30',
    ]);
    assert.deepEqual(firings('0 0 * * * *', 'Europe/Berlin', '2026-10-25T01:00', 3), [
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:00:00+01:00',
      '2026-10-25T03:00:00+01:00',
    ]);
    assert.deepEqual(firings('0 0 * * * *', 'Europe/Berlin', '2026-03-29T01:00', 2), [
      '2026-03-29T03:00:00+02:00',
      '2026-03-29T04:00:00+02:00',
    ]);
  });

  it('fires once where a whole day is missing', () => {
    assert.deepEqual(firings('@daily', 'Pacific/Apia', '2011-12-28T12:00', 3), [
      '2011-12-29T00:00:00-10:00',
      '2011-12-31T00:00:00+14:00',
      '2012-01-01T00:00:00+14:00',
    ]);
  });

  const bad: readonly (readonly [string, number, RegExp])[] = [
    ['0 0 9', 0, /6 fields/],
    ['0 60 9 * * *', 2, /minute from 0 to 59/],
    ['0 0 24 * * *', 4, /hour from 0 to 23/],
    ['0 0 9 15W * *', 6, /nth working day/],
    ['0 9 13 * 5', 4, /6 fields when both/],
    ['0 0 0 30 2 *', 0, /never comes/],
    ['0 0 0 * * MOON', 10, /weekday/],
    ['0 0 17-9 * * *', 4, /range that rises/],
    ['0 */0 * * * *', 2, /step/],
    ['0 0 0 * 0 *', 8, /month/],
    ['@reboot', 0, /@yearly/],
  ];
  for (const [text, position, message] of bad) {
    it(`refuses "${text}"`, () => {
      assert.throws(
        () => parseCycle(text, 'UTC'),
        (error) => {
          assert.ok(error instanceof TimeTextError);
          assert.match(error.message, message);
          if (position > 0) assert.equal(error.problem.position, position);
          return true;
        },
      );
    });
  }
});
