import { elapsedMs } from './add-duration.ts';
import { MINUTE_MS } from './civil-time.ts';
import { parseDuration } from './parse-duration.ts';
import { TimeTextError } from './time-text-error.ts';

/** Working time to count: minutes inside business hours, or whole working days. Negative counts backwards. */
export type WorkingDuration =
  { readonly kind: 'minutes'; readonly minutes: number } | { readonly kind: 'days'; readonly days: number };

/**
 * Reads `PT4H30M` and `PT4WH`, `4WH`, `2.5 WH`, `30WM` as working minutes; `P3D`, `P3WD`, `3WD` as the end of business of the
 * third working day after the start day (`domain.md` §4). Months, weeks and mixtures of days with hours have no one meaning
 * in working time and are refused.
 * @throws TimeTextError
 */
export function parseWorkingDuration(text: string): WorkingDuration {
  const fail = (position: number, expected: string): never => {
    throw new TimeTextError({ kind: 'workingDuration', text, position, expected });
  };
  const [, sign, , number = '', unit] = /^([+-]?)(PT?)?(\d{1,7}(?:[.,]\d{1,6})?)\s*(W[DHM])$/.exec(text) ?? [];
  if (unit !== undefined) {
    const prefix = /^[+-]?(PT?)?/.exec(text)?.[1];
    if (prefix !== undefined && (prefix === 'PT') !== (unit !== 'WD')) fail(text.indexOf('P') + 1, 'P3WD or PT4WH');
    const amount = Number(number.replace(',', '.')) * (sign === '-' ? -1 : 1);
    if (unit !== 'WD') return minutesOf(amount * (unit === 'WH' ? 60 : 1));
    if (!Number.isInteger(amount))
      fail(text.indexOf(number), 'a whole number of working days; write 4WH for half a day');
    return { kind: 'days', days: amount + 0 };
  }
  const duration = readIso(text);
  const ms = elapsedMs(duration);
  if (duration.years !== 0 || duration.months !== 0)
    fail(0, 'no years or months in working time; count working days, as in P20D,');
  if (duration.weeks !== 0) fail(0, 'no weeks in working time; write the working days, as in P5D,');
  const clock = text.indexOf('T');
  if (duration.days !== 0 && clock >= 0) fail(clock, 'either days (P3D) or hours and minutes (PT4H), not both');
  return text.includes('D') ? { kind: 'days', days: duration.days } : minutesOf(ms / MINUTE_MS);
}

function minutesOf(minutes: number): WorkingDuration {
  return { kind: 'minutes', minutes: minutes + 0 };
}

function readIso(text: string): ReturnType<typeof parseDuration> {
  try {
    return parseDuration(text);
  } catch (error) {
    if (!(error instanceof TimeTextError)) throw error;
    const { position, expected } = error.problem;
    throw new TimeTextError({ kind: 'workingDuration', text, position, expected: `${expected} (or 4WH, 3WD)` });
  }
}
