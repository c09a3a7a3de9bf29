import type { Expression } from '../expressions/expression.ts';
import type { Timer } from '../instance.ts';
import type { Key } from '../key.ts';
import type { TimerDefinition } from '../model/process-model.ts';
import { firstFire } from '../time/first-fire.ts';
import { TimeError } from '../time/time-error.ts';
import { nextFire } from '../time/timer-cycle.ts';
import { emit } from './emit.ts';
import { evaluateText } from './evaluate-value.ts';
import { takeKey, type Run } from './run.ts';
import { Stuck } from './stuck.ts';

export type TimerPlan = Pick<Timer, 'dueAt' | 'cycle'>;

/** When a timer is due, counted from now; text that is no ISO 8601 date, duration or cycle is an incident. */
export function planTimer(run: Run, timer: TimerDefinition, scopeKey: Key): TimerPlan {
  const text = evaluateText(run, { expression: timer.value, scopeKey, purpose: `the timer ${timer.kind}` });
  const plan = reading(timer.value, () => firstFire(timer, text, { now: run.now, zone: run.library.zone }));
  if (plan !== null) return plan;
  throw new Stuck(
    'EXTRACT_VALUE_ERROR',
    `Expected the cycle "${timer.value.text}" to fire at least once, but it has ended`,
  );
}

/** The fire of a cycle after this one, as its misfire policy says; null when it has ended. */
export function planNextFire(run: Run, { cycle, dueAt }: Timer): TimerPlan | null {
  if (cycle === null) return null;
  const next = nextFire(cycle, dueAt, { now: run.now, zone: run.library.zone });
  return next === null ? null : { dueAt: next, cycle };
}

export function scheduleTimer(run: Run, elementInstanceKey: Key, elementId: string, plan: TimerPlan): void {
  emit(run, {
    kind: 'timerScheduled',
    timer: { key: takeKey(run), elementInstanceKey, elementId, purpose: 'event', ...plan },
  });
}

/** Turns an error of `engine/time` into an incident at the element. */
export function reading<T>(expression: Expression, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    throw new Stuck('EXTRACT_VALUE_ERROR', `Expected "${expression.text}" to give a time, but ${error.message}`);
  }
}
