import type { ElementInstance, TaskDeadline, TimerPurpose } from '../instance.ts';
import type { Key } from '../key.ts';
import type { Deadline } from '../model/process-model.ts';
import { addWorking } from '../time/add-working.ts';
import { parseWorkingDuration, type WorkingDuration } from '../time/parse-working-duration.ts';
import { emit } from './emit.ts';
import { evaluateOptionalText, evaluateText } from './evaluate-value.ts';
import { takeKey, type Run } from './run.ts';
import { reading } from './schedule-timer.ts';

/** When the task is due and when to warn, in working time of its calendar (`reglament:deadline`). */
export function planDeadline(run: Run, deadline: Deadline, scopeKey: Key): TaskDeadline {
  const duration = evaluateText(run, { expression: deadline.duration, scopeKey, purpose: 'the deadline' });
  const calendarId = evaluateText(run, { expression: deadline.calendar, scopeKey, purpose: 'the deadline calendar' });
  const { warnBefore, escalateTo } = deadline;
  const warning =
    warnBefore === undefined
      ? null
      : evaluateOptionalText(run, { expression: warnBefore, scopeKey, purpose: 'the warning' });
  const due = reading(deadline.duration, () => {
    const hours = run.library.calendars.resolve(calendarId);
    return { hours, ...addWorking(run.now, parseWorkingDuration(duration), hours) };
  });
  const warnAt =
    warning === null || warnBefore === undefined
      ? null
      : reading(warnBefore, () => addWorking(due.dueAt, backwards(parseWorkingDuration(warning)), due.hours).dueAt);
  return {
    calendarId,
    dueAt: due.dueAt,
    warnAt: warnAt === null ? null : Math.max(warnAt, run.now),
    escalateTo:
      escalateTo === undefined
        ? null
        : evaluateOptionalText(run, { expression: escalateTo, scopeKey, purpose: 'the group to escalate to' }),
    warned: false,
    breached: false,
    provisional: due.provisional,
  };
}

export function scheduleDeadlineTimers(run: Run, element: ElementInstance, deadline: TaskDeadline): void {
  const schedule = (purpose: TimerPurpose, dueAt: number) =>
    emit(run, {
      kind: 'timerScheduled',
      timer: {
        key: takeKey(run),
        elementInstanceKey: element.key,
        elementId: element.elementId,
        purpose,
        dueAt,
        cycle: null,
      },
    });
  if (deadline.warnAt !== null) schedule('deadlineWarning', deadline.warnAt);
  schedule('deadlineBreach', deadline.dueAt);
}

function backwards(duration: WorkingDuration): WorkingDuration {
  return duration.kind === 'minutes'
    ? { kind: 'minutes', minutes: -duration.minutes }
    : { kind: 'days', days: -duration.days };
}
