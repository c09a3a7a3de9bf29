import {
  addDuration,
  evaluate,
  nextDueAfter,
  parseCycle,
  parseDuration,
  parseInstant,
  type CalendarSet,
  type Expression,
  type EventStart,
  type ProcessModel,
  type TimerDefinition,
} from '#engine';
import type { StartSubscriptionRow } from '../runtime/definition-tables.ts';
import { problemIn, type DeploymentProblem } from './invalid-deployment.ts';

export type StartPlan = Pick<StartSubscriptionRow, 'element_id' | 'kind' | 'message_name' | 'due_at' | 'cycle'>;

export interface StartPlanning {
  readonly resource: string;
  /** Epoch milliseconds: durations and cycles are counted from the deployment. */
  readonly now: number;
  readonly zone: string;
  readonly calendars: CalendarSet;
}

/** What starts this process by itself: its message and timer start events, the expressions evaluated without variables. */
export function planStartSubscriptions(
  process: ProcessModel,
  planning: StartPlanning,
): { readonly plans: readonly StartPlan[]; readonly problems: readonly DeploymentProblem[] } {
  const plans: StartPlan[] = [];
  const problems: DeploymentProblem[] = [];
  for (const start of process.scopes.get(process.processId)?.eventStarts ?? []) {
    const node = process.nodes.get(start.elementId);
    if (node === undefined) continue;
    try {
      const plan = planOf(start, planning);
      if (plan !== null) plans.push(plan);
    } catch (error) {
      problems.push(
        problemIn(planning.resource, {
          code: 'invalid-start',
          elementId: node.id,
          elementName: node.name,
          message: `«${node.name || node.id}» (${node.id}) cannot start the process. ${(error as Error).message}`,
          remedy: 'Correct the expression; a start event sees no variables.',
        }),
      );
    }
  }
  return { plans, problems };
}

function planOf({ elementId, event }: EventStart, planning: StartPlanning): StartPlan | null {
  if (event.kind === 'message') {
    return {
      element_id: elementId,
      kind: 'message',
      message_name: textOf(event.message.name, planning),
      due_at: null,
      cycle: null,
    };
  }
  if (event.kind !== 'timer') return null;
  return { element_id: elementId, kind: 'timer', message_name: null, ...firstFire(event.timer, planning) };
}

function firstFire(timer: TimerDefinition, planning: StartPlanning): Pick<StartPlan, 'due_at' | 'cycle'> {
  const { now, zone } = planning;
  const text = textOf(timer.value, planning);
  switch (timer.kind) {
    case 'date':
      return { due_at: parseInstant(text, zone), cycle: null };
    case 'duration':
      return { due_at: addDuration(now, parseDuration(text), zone), cycle: null };
    case 'cycle': {
      const cycle = { text, anchorAt: now };
      const first = nextDueAfter(parseCycle(text, zone), now, now - 1);
      if (first === undefined) throw new Error(`Expected the cycle "${text}" to fire at least once, but it has ended.`);
      return { due_at: first.dueAt, cycle };
    }
  }
}

function textOf(expression: Expression, { now, zone, calendars }: StartPlanning): string {
  const variables = { get: () => undefined, toContext: () => ({}) };
  const result = evaluate(expression, { variables, now, zone, calendars });
  if (!result.ok) throw new Error(result.failure.message);
  if (typeof result.value === 'string' && result.value !== '') return result.value;
  throw new Error(`Expected "${expression.text}" to give a text, but it gave ${JSON.stringify(result.value)}.`);
}
