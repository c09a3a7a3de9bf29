import assert from 'node:assert/strict';
import { parseWorkingDuration } from './parse-working-duration.ts';
import { TimeTextError } from './time-text-error.ts';

describe('parseWorkingDuration', () => {
  const good: readonly (readonly [string, ReturnType<typeof parseWorkingDuration>])[] = [
    ['PT4H', { kind: 'minutes', minutes: 240 }],
    ['PT4H30M', { kind: 'minutes', minutes: 270 }],
    ['PT0.5H', { kind: 'minutes', minutes: 30 }],
    ['4WH', { kind: 'minutes', minutes: 240 }],
    ['2.5WH', { kind: 'minutes', minutes: 150 }],
    ['2,5 WH', { kind: 'minutes', minutes: 150 }],
    ['PT4WH', { kind: 'minutes', minutes: 240 }],
    ['30WM', { kind: 'minutes', minutes: 30 }],
    ['-1WH', { kind: 'minutes', minutes: -60 }],
    ['P3D', { kind: 'days', days: 3 }],
    ['P3WD', { kind: 'days', days: 3 }],
    ['3WD', { kind: 'days', days: 3 }],
    ['3 WD', { kind: 'days', days: 3 }],
    ['-P2D', { kind: 'days', days: -2 }],
    ['P0D', { kind: 'days', days: 0 }],
    ['PT0M', { kind: 'minutes', minutes: 0 }],
  ];
  for (const [text, expected] of good) {
    it(`reads "${text}"`, () => assert.deepEqual(parseWorkingDuration(text), expected));
  }

  const bad: readonly (readonly [string, RegExp])[] = [
    ['P1M', /no years or months/],
    ['P1W', /no weeks/],
    ['P1DT4H', /either days/],
    ['2.5WD', /whole number of working days/],
    ['P4WH', /P3WD or PT4WH/],
    ['PT3WD', /P3WD or PT4WH/],
    ['4H', /letter P.*or 4WH/],
    ['WH', /letter P/],
    ['', /letter P/],
  ];
  for (const [text, message] of bad) {
    it(`refuses "${text}"`, () => {
      assert.throws(
        () => parseWorkingDuration(text),
        (error) =>
          error instanceof TimeTextError && error.problem.kind === 'workingDuration' && message.test(error.message),
      );
    });
  }
});
