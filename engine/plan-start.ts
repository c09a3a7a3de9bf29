import { assertNever } from './assert-never.ts';
import { evaluate, type EvaluationScope, type Expression } from './expressions/expression.ts';
import type { Timer } from './instance.ts';
import type { VariableMap } from './json.ts';
import type { EventStart, TimerDefinition } from './model/process-model.ts';
import type { CalendarSet } from './time/build-calendar-set.ts';
import { firstFire } from './time/first-fire.ts';

/** What starts a process from outside, its expressions evaluated when it is deployed. */
export type StartPlan =
  | { readonly kind: 'message'; readonly name: string; readonly byConversation: boolean }
  | { readonly kind: 'signal'; readonly name: string }
  | ({ readonly kind: 'timer' } & Pick<Timer, 'dueAt' | 'cycle'>)
  | { readonly kind: 'conditional'; readonly condition: Expression };

export interface StartPlanning {
  /** Epoch milliseconds: durations and cycles are counted from the deployment. */
  readonly now: number;
  readonly zone: string;
  readonly calendars: CalendarSet;
}

/** A start event sees no variables. @throws Error when an expression gives no name or time; the caller names the event */
export function planStart(event: EventStart['event'], planning: StartPlanning): StartPlan {
  switch (event.kind) {
    case 'message':
      return {
        kind: 'message',
        name: textOf(event.message.name, planning),
        byConversation: event.message.byConversation === true,
      };
    case 'signal':
      return { kind: 'signal', name: textOf(event.name, planning) };
    case 'timer':
      return { kind: 'timer', ...planTimer(event.timer, planning) };
    // Asked when somebody brings variables along.
    case 'conditional':
      return { kind: 'conditional', condition: event.condition };
    default:
      return assertNever(event);
  }
}

/** Variables as the only thing an expression sees. */
export function startScope(variables: VariableMap, { now, zone, calendars }: StartPlanning): EvaluationScope {
  const reader = {
    get: (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    toContext: () => variables,
  };
  return { variables: reader, now, zone, calendars };
}

function planTimer(timer: TimerDefinition, planning: StartPlanning): Pick<Timer, 'dueAt' | 'cycle'> {
  const text = textOf(timer.value, planning);
  const first = firstFire(timer, text, planning);
  if (first === null) throw new Error(`Expected the cycle "${text}" to fire at least once, but it has ended.`);
  return first;
}

function textOf(expression: Expression, planning: StartPlanning): string {
  const result = evaluate(expression, startScope({}, planning));
  if (!result.ok) throw new Error(result.failure.message);
  if (typeof result.value === 'string' && result.value !== '') return result.value;
  throw new Error(`Expected "${expression.text}" to give a text, but it gave ${JSON.stringify(result.value)}.`);
}
