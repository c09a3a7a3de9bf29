import assert from 'node:assert/strict';
import { formatInstant } from './format-instant.ts';
import { nextDue, nextDueAfter } from './next-due.ts';
import { parseCycle } from './parse-cycle.ts';
import { parseInstant } from './parse-instant.ts';
import { TimeTextError } from './time-text-error.ts';

function dues(text: string, zone: string, anchor: string, count: number): (string | undefined)[] {
  const cycle = parseCycle(text, zone);
  return Array.from({ length: count }, (_, index) => {
    const due = nextDue(cycle, parseInstant(anchor, zone), index + 1);
    return due === undefined ? undefined : formatInstant(due, zone);
  });
}

describe('cycle', () => {
  it('R3 fires three times, the first after one interval', () => {
    assert.deepEqual(dues('R3/PT10M', 'UTC', '2026-11-21T09:00', 4), [
      '2026-11-21T09:10:00+00:00',
      '2026-11-21T09:20:00+00:00',
      '2026-11-21T09:30:00+00:00',
      undefined,
    ]);
  });

  it('a start in the cycle is the first firing; without offset it is read in the zone', () => {
    assert.deepEqual(dues('R3/2026-12-01T09:00/PT1H', 'Europe/Moscow', '2026-11-21', 4), [
      '2026-12-01T09:00:00+03:00',
      '2026-12-01T10:00:00+03:00',
      '2026-12-01T11:00:00+03:00',
      undefined,
    ]);
    assert.deepEqual(dues('R/2026-12-01T09:00:00Z/P1D', 'Europe/Moscow', '2026-11-21', 2), [
      '2026-12-01T12:00:00+03:00',
      '2026-12-02T12:00:00+03:00',
    ]);
  });

  it('an end in the cycle is the last firing; what comes before it is counted back', () => {
    assert.deepEqual(dues('R3/PT1H/2026-12-01T09:00', 'Europe/Moscow', '2026-11-21', 4), [
      '2026-12-01T07:00:00+03:00',
      '2026-12-01T08:00:00+03:00',
      '2026-12-01T09:00:00+03:00',
      undefined,
    ]);
    assert.deepEqual(
      dues('R3/P1M/2026-03-31T06:00', 'Europe/Moscow', '2026-01-01', 3).map((due) => due?.slice(0, 10)),
      ['2026-01-31', '2026-02-28', '2026-03-31'],
    );
    const endless = parseCycle('R/P1M/2026-03-31T06:00', 'Europe/Moscow');
    const seen: (string | undefined)[] = [];
    for (let at: number | undefined = parseInstant('2026-02-01', 'Europe/Moscow'); at !== undefined;) {
      at = nextDueAfter(endless, 0, at)?.dueAt;
      seen.push(at === undefined ? undefined : formatInstant(at, 'Europe/Moscow').slice(0, 10));
    }
    assert.deepEqual(seen, ['2026-02-28', '2026-03-31', undefined]);
  });

  it('a start and an end are the first interval, whose length is repeated', () => {
    assert.deepEqual(dues('R2/2026-12-01T09:00/2026-12-01T10:30', 'Europe/Moscow', '2026-11-21', 3), [
      '2026-12-01T09:00:00+03:00',
      '2026-12-01T10:30:00+03:00',
      undefined,
    ]);
  });

  it('months are counted from the anchor: the 31st clamps and comes back, no drift', () => {
    assert.deepEqual(
      dues('R/P1M', 'Europe/Moscow', '2026-01-31T06:00', 5).map((due) => due?.slice(0, 10)),
      ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'],
    );
    assert.deepEqual(
      dues('R/2026-01-31T06:00/P1M', 'Europe/Moscow', '2026-01-01', 3).map((due) => due?.slice(0, 10)),
      ['2026-01-31', '2026-02-28', '2026-03-31'],
    );
  });

  it('one gap does not move the days after it', () => {
    assert.deepEqual(dues('R/P1D', 'Europe/Berlin', '2026-03-27T02:30', 3), [
      '2026-03-28T02:30:00+01:00',
      '2026-03-29T03:00:00+02:00',
      '2026-03-30T02:30:00+02:00',
    ]);
  });

  it('returns to schedule after downtime, strictly later and with its number', () => {
    const anchor = parseInstant('2026-01-31T06:00', 'Europe/Moscow');
    const cycle = parseCycle('R12/P1M', 'Europe/Moscow');
    for (let n = 1; n < 12; n += 1) {
      const due = nextDue(cycle, anchor, n) ?? 0;
      const next = nextDue(cycle, anchor, n + 1) ?? 0;
      assert.deepEqual(nextDueAfter(cycle, anchor, due), { n: n + 1, dueAt: next });
      assert.deepEqual(nextDueAfter(cycle, anchor, next - 1), { n: n + 1, dueAt: next });
    }
    assert.deepEqual(nextDueAfter(cycle, anchor, 0)?.n, 1);
    assert.equal(nextDueAfter(cycle, anchor, nextDue(cycle, anchor, 12) ?? 0), undefined);
    const minutely = parseCycle('R/PT1M', 'UTC');
    assert.deepEqual(nextDueAfter(minutely, 0, 1e12), { n: 16666667, dueAt: 16666667 * 60_000 });
  });

  it('fires once where a whole day is missing', () => {
    const cycle = parseCycle('R/P1D', 'Pacific/Apia');
    const anchor = parseInstant('2011-12-28T00:00', 'Pacific/Apia');
    const seen: string[] = [];
    for (let at = anchor, i = 0; i < 3; i += 1) {
      at = nextDueAfter(cycle, anchor, at)?.dueAt ?? 0;
      seen.push(formatInstant(at, 'Pacific/Apia'));
    }
    assert.deepEqual(seen, ['2011-12-29T00:00:00-10:00', '2011-12-31T00:00:00+14:00', '2012-01-01T00:00:00+14:00']);
  });

  it('R-1 and R are without end', () => {
    assert.deepEqual(parseCycle('R-1/PT1H', 'UTC'), parseCycle('R/PT1H', 'UTC'));
  });

  const bad: readonly (readonly [string, number])[] = [
    ['PT10M', 0],
    ['R0/PT10M', 1],
    ['R3', 2],
    ['R3/', 3],
    ['R3/PT0S', 3],
    ['R3/-PT1M', 3],
    ['R3/P1H', 5],
    ['R3/2026-13-01/P1D', 8],
    ['R3/2026-01-01/P1D/P1D', 21],
    ['R3/PT1H/2026-13-01', 13],
    ['R3/PT1H/PT1H', 3],
    ['R3/2026-01-02/2026-01-01', 14],
    ['Rx/PT1H', 0],
  ];
  for (const [text, position] of bad) {
    it(`refuses "${text}" at ${position}`, () => {
      assert.throws(
        () => parseCycle(text, 'UTC'),
        (error) => {
          assert.ok(error instanceof TimeTextError);
          assert.equal(error.problem.position, position, error.message);
          assert.equal(error.problem.text, text);
          return true;
        },
      );
    });
  }
});
