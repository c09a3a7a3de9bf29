import assert from 'node:assert/strict';
import { shippedCalendars } from '../../time/test/shipped-calendars.ts';
import { compileFeel, evaluate, type Evaluation } from '../expression.ts';

function feel(text: string): Evaluation {
  return evaluate(compileFeel(text), {
    variables: { get: () => undefined, toContext: () => ({}) },
    now: Date.parse('2026-11-20T12:30:00+03:00'),
    zone: 'Europe/Moscow',
    calendars: shippedCalendars,
  });
}

describe('working-time functions', () => {
  // Vectors of domain.md §4 among them; those of 2027 stand on its provisional calendar.
  const cases: readonly (readonly [string, string | number | boolean | null])[] = [
    ['working time after("2026-04-30T16:00:00+03:00", "PT4H", "ru-office")', '2026-05-04T12:00:00+03:00'],
    ['working time after(date and time("2026-11-03T16:00:00+03:00"), "2WH", "ru-office")', '2026-11-05T10:00:00+03:00'],
    ['working time after(now(), "PT2H", "ru-office")', '2026-11-20T15:30:00+03:00'],
    ['nth working day(2026, 11, 5, "ru")', '2026-11-09'],
    ['nth working day(2026, 12, -1, "ru")', '2026-12-30'],
    ['working time after(now(), duration("PT2H"), "ru-office") > now() + @"PT2H"', true],
    ['working time after(start: now(), duration: "P1D", calendar: "ru-office")', '2026-11-23T18:00:00+03:00'],
    ['working time after("2026-11-20T12:30:00", "PT2H", "ru-office")', '2026-11-20T15:30:00+03:00'],
    ['working duration between("2026-11-20T17:00:00+03:00", "2026-11-23T10:00:00+03:00", "ru-office")', 120],
    ['working time after("2026-12-30T17:30:00+03:00", "2WH", "ru-office")', '2027-01-11T10:30:00+03:00'],
    ['working time after("2027-02-19T17:00:00+03:00", "2WH", "ru-office")', '2027-02-20T10:00:00+03:00'],
    ['working time after("2026-11-21T10:00:00+03:00", "8WH", "ru-office")', '2026-11-23T18:00:00+03:00'],
    ['working time after("2026-05-08T16:30:00+03:00", "1WH", "ru-office")', '2026-05-12T09:30:00+03:00'],
    [
      'working time after("2026-11-20T10:00:00+03:00", "4WH", "ru-office@Asia/Vladivostok") = @"2026-11-23T12:00:00+10:00"',
      true,
    ],
    ['legal deadline(date("2026-10-25"), "P10D", "ru")', '2026-11-05'],
    ['legal deadline(start: "2026-12-21", term: duration("P10D"), calendar: "ru")', '2027-01-11'],
    ['legal deadline(date("2026-01-31"), duration("P1M"), "ru")', '2026-03-02'],
    ['is working day(date("2027-02-20"), "ru")', true],
    ['is working day(date: "2026-11-04T10:00:00+03:00", calendar: "ru")', false],
    ['working day after(date("2026-11-03"), 1, "ru")', '2026-11-05'],
    ['working day after(date("2026-11-05"), -1, "ru")', '2026-11-03'],
    ['working day after(date("2026-11-04"), 0, "ru")', '2026-11-05'],
    ['working day after(date("2026-11-03"), 0, "ru")', '2026-11-03'],
    ['working day after(null, 1, "ru")', null],
    ['working time after(null, "PT2H", "ru-office")', null],
  ];
  for (const [text, expected] of cases) {
    it(text, () => assert.deepEqual(feel(text), { ok: true, value: expected, warnings: [] }));
  }

  const failures: readonly (readonly [string, RegExp])[] = [
    ['working time after(now(), "PT2H", "mars")', /mars/],
    ['nth working day(2031, 1, 1, "ru")', /2031/],
    ['working time after(now(), "soon", "ru-office")', /soon/],
    ['working time after(now(), duration("PT26H"), "ru-office")', /P1DT2H/],
    ['working time after(today(), "PT2H", "ru-office")', /date and time/],
    ['working day after(date("2026-11-03"), 20000, "ru")', /at most 10000/],
    ['working day after(date("2026-11-03"), 400, "ru")', /2028/],
    ['is working day("soon", "ru")', /Expected a date/],
    ['legal deadline(date("2026-11-03"), "PT4H", "ru")', /PT4H/],
    ['nth working day(2026, 1.5, 1, "ru")', /whole number/],
  ];
  for (const [text, message] of failures) {
    it(`fails ${text}`, () => {
      const evaluation = feel(text);
      assert.ok(!evaluation.ok, JSON.stringify(evaluation));
      assert.match(evaluation.failure.message, message);
    });
  }
});
