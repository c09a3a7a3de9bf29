import {
  addDuration,
  assertNever,
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

export type StartPlan = Omit<
  StartSubscriptionRow,
  'subscription_key' | 'process_definition_key' | 'process_id' | 'lease_until'
>;

export interface StartPlanning {
  readonly resource: string;
  /** Epoch milliseconds: durations and cycles are counted from the deployment. */
  readonly now: number;
  readonly zone: string;
  readonly calendars: CalendarSet;
}

/**
 * What starts this process from outside (start events, instantiating receive tasks, events behind an instantiating
 * gateway): one subscription for each definition, its expressions evaluated without variables.
 */
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
      plans.push(planOf(start, planning));
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

function planOf({ elementId, event, definitionIndex }: EventStart, planning: StartPlanning): StartPlan {
  const nothing = { message_name: null, signal_name: null, due_at: null, cycle: null, by_conversation: false };
  const plan = { ...nothing, element_id: elementId, definition_index: definitionIndex, kind: event.kind };
  switch (event.kind) {
    case 'message':
      return {
        ...plan,
        message_name: textOf(event.message.name, planning),
        by_conversation: event.message.byConversation === true,
      };
    case 'signal':
      return { ...plan, signal_name: textOf(event.name, planning) };
    case 'timer':
      return { ...plan, ...firstFire(event.timer, planning) };
    // Its condition is read from the model when somebody asks for an evaluation.
    case 'conditional':
      return plan;
    default:
      return assertNever(event);
  }
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
