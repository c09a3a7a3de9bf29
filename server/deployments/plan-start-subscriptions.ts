import { assertNever, planStart, type EventStart, type ProcessModel, type StartPlanning } from '#engine';
import type { StartSubscriptionRow } from '../runtime/definition-tables.ts';
import { problemIn, type DeploymentProblem } from './invalid-deployment.ts';

export type PlannedSubscription = Omit<
  StartSubscriptionRow,
  'subscription_key' | 'process_definition_key' | 'process_id' | 'lease_until' | 'suspended'
>;

/**
 * What starts this process from outside (start events, instantiating receive tasks, events behind an instantiating
 * gateway): one subscription for each definition, its expressions evaluated without variables.
 */
export function planStartSubscriptions(
  process: ProcessModel,
  { resource, ...planning }: StartPlanning & { readonly resource: string },
): { readonly plans: readonly PlannedSubscription[]; readonly problems: readonly DeploymentProblem[] } {
  const plans: PlannedSubscription[] = [];
  const problems: DeploymentProblem[] = [];
  for (const start of process.scopes.get(process.processId)?.eventStarts ?? []) {
    const node = process.nodes.get(start.elementId);
    if (node === undefined) continue;
    try {
      plans.push(planOf(start, planning));
    } catch (error) {
      problems.push(
        problemIn(resource, {
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

function planOf({ elementId, event, definitionIndex }: EventStart, planning: StartPlanning): PlannedSubscription {
  const plan = planStart(event, planning);
  const nothing = { message_name: null, signal_name: null, due_at: null, cycle: null, by_conversation: false };
  const row = { ...nothing, element_id: elementId, definition_index: definitionIndex, kind: plan.kind };
  switch (plan.kind) {
    case 'message':
      return { ...row, message_name: plan.name, by_conversation: plan.byConversation };
    case 'signal':
      return { ...row, signal_name: plan.name };
    case 'timer':
      return { ...row, due_at: plan.dueAt, cycle: plan.cycle };
    // Its condition is read from the model when somebody asks for an evaluation.
    case 'conditional':
      return row;
    default:
      return assertNever(plan);
  }
}
