import { InvalidBpmn } from '../bpmn/invalid-bpmn.ts';
import { evaluate, type EvaluationScope, type Expression } from '../expressions/expression.ts';
import type { Timer } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { Library } from '../model/library.ts';
import type { EventStart, ProcessModel, TimerDefinition } from '../model/process-model.ts';
import { addDuration } from '../time/add-duration.ts';
import { nextDueAfter } from '../time/next-due.ts';
import { parseCycle } from '../time/parse-cycle.ts';
import { parseDuration } from '../time/parse-duration.ts';
import { parseInstant } from '../time/parse-instant.ts';

/** What starts a process from outside, its expressions evaluated when it was deployed. */
export type StartPlan = { readonly start: EventStart } & (
  | { readonly kind: 'message' | 'signal'; readonly name: string }
  | ({ readonly kind: 'timer' } & Pick<Timer, 'dueAt' | 'cycle'>)
  | { readonly kind: 'conditional'; readonly condition: Expression }
);
type TimerPlan = Extract<StartPlan, { kind: 'timer' }>;

export interface StartPlanning {
  readonly library: Library;
  /** Durations and cycles are counted from the deployment. */
  readonly now: number;
}

/** A start event sees no variables. @throws InvalidBpmn naming the event whose expression gives no name or time */
export function planStarts(model: ProcessModel, planning: StartPlanning): readonly StartPlan[] {
  return (model.scopes.get(model.processId)?.eventStarts ?? []).map((start) => {
    try {
      return planOf(start, planning);
    } catch (error) {
      const { name = '' } = model.nodes.get(start.elementId) ?? {};
      throw new InvalidBpmn([
        {
          code: 'invalid-start',
          elementId: start.elementId,
          elementName: name,
          line: null,
          message: `"${name || start.elementId}" cannot start the process: ${(error as Error).message}`,
          remedy: 'Correct the expression; a start event sees no variables.',
        },
      ]);
    }
  });
}

function planOf(start: EventStart, planning: StartPlanning): StartPlan {
  const { event } = start;
  switch (event.kind) {
    case 'message':
      return { start, kind: 'message', name: textOf(event.message.name, planning) };
    case 'signal':
      return { start, kind: 'signal', name: textOf(event.name, planning) };
    case 'conditional':
      return { start, kind: 'conditional', condition: event.condition };
    case 'timer':
      return { start, kind: 'timer', ...firstFire(event.timer, planning) };
  }
}

function firstFire(timer: TimerDefinition, planning: StartPlanning): Pick<Timer, 'dueAt' | 'cycle'> {
  const { now, library } = planning;
  const text = textOf(timer.value, planning);
  switch (timer.kind) {
    case 'date':
      return { dueAt: parseInstant(text, library.zone), cycle: null };
    case 'duration':
      return { dueAt: addDuration(now, parseDuration(text), library.zone), cycle: null };
    case 'cycle': {
      const first = nextDueAfter(parseCycle(text, library.zone), now, now - 1);
      if (first === undefined) throw new Error(`the cycle "${text}" has ended`);
      return { dueAt: first.dueAt, cycle: { text, anchorAt: now } };
    }
  }
}

/** The next time a cycle starts its process; null when it has ended. Starts missed meanwhile are made up by this one. */
export function nextStart<T extends TimerPlan>(timer: T, { library, now }: StartPlanning): T | null {
  if (timer.cycle === null) return null;
  const next = nextDueAfter(parseCycle(timer.cycle.text, library.zone), timer.cycle.anchorAt, now);
  return next === undefined ? null : { ...timer, dueAt: next.dueAt };
}

/** Variables as the only thing an expression sees. */
export function scopeOf(variables: VariableMap, { library, now }: StartPlanning): EvaluationScope {
  const reader = {
    get: (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    toContext: () => variables,
  };
  return { variables: reader, now, zone: library.zone, calendars: library.calendars };
}

function textOf(expression: Expression, planning: StartPlanning): string {
  const result = evaluate(expression, scopeOf({}, planning));
  if (!result.ok) throw new Error(result.failure.message);
  if (typeof result.value === 'string' && result.value !== '') return result.value;
  throw new Error(`"${expression.text}" gives ${JSON.stringify(result.value)} and no text`);
}
