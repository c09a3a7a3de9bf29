import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buildCalendarSet, type TaskDeadline } from '#engine';
import { deadlineView } from './deadline-view.ts';

const file = (name: string) => ({
  name,
  content: JSON.parse(readFileSync(new URL(`../../processes/calendars/${name}`, import.meta.url), 'utf8')) as unknown,
});
const calendars = buildCalendarSet(
  ['ru-2026.calendar.json', '24x7.calendar.json', 'office.schedule.json', '24x7.schedule.json'].map(file),
);
const moscow = (text: string): number => Date.parse(`${text}+03:00`);

describe('deadline of a task', () => {
  const deadline = (dueAt: number, calendarId = 'ru-office'): TaskDeadline => ({
    calendarId,
    dueAt,
    warnAt: null,
    escalateTo: 'claims-head',
    warned: false,
    breached: false,
    provisional: false,
  });
  const view = (asOf: string, facts: { createdAt: number; dueAt: number | null; deadline: TaskDeadline | null }) =>
    deadlineView(facts, { asOf: moscow(asOf), calendars, zone: 'Europe/Moscow', groupName: (id) => `группа ${id}` });
  // Friday 13:00 to Monday 14:00: 5 + 4 hours less lunch, whatever the weekend.
  const weekend = {
    createdAt: moscow('2026-11-13T17:00'),
    dueAt: null,
    deadline: deadline(moscow('2026-11-16T11:00')),
  };

  it('counts working minutes only: a weekend costs nothing', () => {
    const friday = view('2026-11-13T17:00', weekend)!;
    assert.deepEqual(
      [friday.totalMinutes, friday.leftMinutes, friday.light, friday.minutesPerDay],
      [180, 180, 'green', 480],
    );
    const sunday = view('2026-11-15T12:00', weekend)!;
    assert.deepEqual(
      [sunday.leftMinutes, sunday.light, sunday.zone, sunday.escalatesTo],
      [120, 'green', 'Europe/Moscow', 'группа claims-head'],
    );
  });

  it('turns amber at a fifth, red past the due instant', () => {
    const light = (asOf: string) => [view(asOf, weekend)!.light, view(asOf, weekend)!.leftMinutes];
    assert.deepEqual(light('2026-11-16T10:23'), ['green', 37]);
    assert.deepEqual(light('2026-11-16T10:24'), ['amber', 36]);
    assert.deepEqual(light('2026-11-16T11:00'), ['amber', 0]);
    assert.deepEqual(light('2026-11-16T11:00:01'), ['red', -1]);
    assert.deepEqual(light('2026-11-17T11:00'), ['red', -480]);
  });

  it('takes the earlier of due date and deadline; a due date alone runs by the clock on the wall', () => {
    const dueAt = moscow('2026-11-14T17:00');
    const both = view('2026-11-13T17:00', { ...weekend, dueAt })!;
    assert.deepEqual(
      [both.dueAt, both.minutesPerDay, both.totalMinutes, both.escalatesTo],
      [new Date(dueAt).toISOString(), 1440, 1440, null],
    );
    assert.equal(view('2026-11-13T17:00', { ...weekend, deadline: null }), null);
  });

  it('shows a list even where a calendar year is missing', () => {
    const facts = {
      createdAt: moscow('2026-12-30T10:00'),
      dueAt: null,
      deadline: deadline(moscow('2027-02-01T10:00')),
    };
    const shown = view('2026-12-30T10:00', facts)!;
    assert.deepEqual([shown.totalMinutes, shown.provisional, shown.light], [0, true, 'green']);
  });
});
