import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomSeed } from '../test/property-options.ts';
import { formatInstant } from './format-instant.ts';
import { parseInstant } from './parse-instant.ts';
import { TimeTextError } from './time-text-error.ts';
import { resolveLocal, toLocal } from './zone-arithmetic.ts';

describe('parseInstant', () => {
  const good: readonly (readonly [text: string, zone: string, utc: string])[] = [
    ['2026-11-21', 'Europe/Moscow', '2026-11-20T21:00:00.000Z'],
    ['2026-11-21', 'Asia/Vladivostok', '2026-11-20T14:00:00.000Z'],
    ['2026-11-21T09:00', 'Europe/Moscow', '2026-11-21T06:00:00.000Z'],
    ['2026-11-21T09:00:00Z', 'Europe/Moscow', '2026-11-21T09:00:00.000Z'],
    ['2026-11-21T09:00:00.25+10:00', 'Europe/Moscow', '2026-11-20T23:00:00.250Z'],
    ['2026-11-21T09:00-0330', 'Europe/Moscow', '2026-11-21T12:30:00.000Z'],
    ['2026-11-21T09:00+03', 'UTC', '2026-11-21T06:00:00.000Z'],
    ['2026-11-21T09:00[Asia/Tokyo]', 'UTC', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21T09:00@Asia/Tokyo', 'UTC', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21T09:00+09:00[Asia/Tokyo]', 'UTC', '2026-11-21T00:00:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2028-02-29', 'UTC', '2028-02-29T00:00:00.000Z'],
  ];
  for (const [text, zone, utc] of good) {
    it(`${text} in ${zone} is ${utc}`, () => assert.equal(new Date(parseInstant(text, zone)).toISOString(), utc));
  }

  const bad: readonly (readonly [string, number])[] = [
    ['21.11.2026', 2],
    ['2026-13-01', 5],
    ['2026-02-29', 8],
    ['2026-11-31T09:00', 8],
    ['2026-11-21T24:00', 11],
    ['2026-11-21T09:60', 14],
    ['2026-11-21T09:00:60', 17],
    ['2026-11-21 09:00', 10],
    ['2026-11-21T09:00+19:00', 16],
    ['2026-11-21T09:00+05:00[Europe/Moscow]', 16],
    ['tomorrow', 0],
  ];
  for (const [text, position] of bad) {
    it(`refuses "${text}" at ${position}`, () => {
      assert.throws(
        () => parseInstant(text, 'Europe/Moscow'),
        (error) => error instanceof TimeTextError && error.problem.position === position,
      );
    });
  }
});

describe('zone arithmetic', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Europe/Moscow'];
  const instant = fc.integer({ min: Date.UTC(2005, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 });

  it(`reads back what it wrote, and never resolves a later reading to an earlier instant (seed ${randomSeed})`, () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), fc.integer({ min: 0, max: 7200 }), (seconds, zone, gap) => {
        const ms = seconds * 1000;
        assert.equal(parseInstant(formatInstant(ms, zone), 'UTC'), ms);
        const local = toLocal(ms, zone);
        const resolved = resolveLocal(local, zone);
        assert.ok(resolved <= ms, 'an existing reading resolves to its first instant');
        assert.equal(toLocal(resolved, zone), local);
        assert.ok(resolveLocal(local + gap * 1000, zone) >= resolved);
      }),
      { seed: randomSeed, numRuns: 2000 },
    );
  });
});
