import { type CalendarSet, diffWorking, MissingCalendarYear, type TaskDeadline, type WorkHours } from '#engine';
import type { DeadlineView } from '#contract';

export interface DeadlineFacts {
  readonly createdAt: number;
  /** `zeebe:taskSchedule dueDate`, counted by the clock on the wall. */
  readonly dueAt: number | null;
  readonly deadline: TaskDeadline | null;
}

export interface DeadlineContext {
  readonly asOf: number;
  readonly calendars: CalendarSet;
  /** Zone for a due date that has no calendar. */
  readonly zone: string;
  readonly groupName: (groupId: string) => string;
}

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;

/** How much working time of a task is left, and the colour of it: red overdue, amber ≤ 20 % left, green more. */
export function deadlineView(facts: DeadlineFacts, context: DeadlineContext): DeadlineView | null {
  const { deadline } = facts;
  const dueAt = earliest(deadline?.dueAt ?? null, facts.dueAt);
  if (dueAt === null) return null;
  const byCalendar = deadline !== null && dueAt === deadline.dueAt;
  const hours = byCalendar ? context.calendars.resolve(deadline.calendarId) : null;
  const { totalMinutes, leftMinutes, missing } = minutesOf({
    createdAt: facts.createdAt,
    dueAt,
    asOf: context.asOf,
    hours,
  });
  return {
    dueAt: new Date(dueAt).toISOString(),
    totalMinutes,
    leftMinutes,
    minutesPerDay: hours === null ? DAY_MINUTES : minutesPerDay(hours),
    light: lightOf({ totalMinutes, leftMinutes, overdue: context.asOf > dueAt }),
    zone: hours?.schedule.zone ?? context.zone,
    provisional: missing || (byCalendar && deadline.provisional),
    escalatesTo: byCalendar && deadline.escalateTo !== null ? context.groupName(deadline.escalateTo) : null,
  };
}

interface Span {
  readonly createdAt: number;
  readonly dueAt: number;
  readonly asOf: number;
  readonly hours: WorkHours | null;
}

function minutesOf({ createdAt, dueAt, asOf, hours }: Span): {
  totalMinutes: number;
  leftMinutes: number;
  missing: boolean;
} {
  const wall = {
    totalMinutes: toMinutes((dueAt - createdAt) / MINUTE),
    leftMinutes: toMinutes((dueAt - asOf) / MINUTE),
  };
  if (hours === null) return { ...wall, missing: false };
  try {
    return {
      totalMinutes: toMinutes(diffWorking(createdAt, dueAt, hours)),
      leftMinutes: toMinutes(diffWorking(asOf, dueAt, hours)),
      missing: false,
    };
  } catch (error) {
    // A year that nobody has entered must not empty the work list; the deadline itself was counted when the year was there.
    if (error instanceof MissingCalendarYear) return { totalMinutes: 0, leftMinutes: wall.leftMinutes, missing: true };
    throw error;
  }
}

/** Towards zero time left: a person who has 59 seconds has 0 minutes, one who is 59 seconds late is a minute late. */
function toMinutes(minutes: number): number {
  return Math.floor(minutes) + 0;
}

function lightOf(left: { totalMinutes: number; leftMinutes: number; overdue: boolean }): DeadlineView['light'] {
  if (left.overdue) return 'red';
  return left.leftMinutes * 5 <= left.totalMinutes ? 'amber' : 'green';
}

/** The longest day of the pattern: what «1 рабочий день» means to people on that schedule. */
export function minutesPerDay({ schedule }: WorkHours): number {
  const lengths = schedule.pattern.days.map((day) => day.reduce((sum, { from, to }) => sum + to - from, 0));
  return Math.max(0, ...lengths) || DAY_MINUTES;
}

function earliest(first: number | null, second: number | null): number | null {
  if (first === null || second === null) return first ?? second;
  return Math.min(first, second);
}
