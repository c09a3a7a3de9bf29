import type { ElementMemory, IncidentRetry, Occurrence } from '../instance.ts';
import type { Key } from '../key.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import { activateElement, enterElement } from './activate-element.ts';
import { stayWithIncident } from './attempt.ts';
import { countVisit } from './flight.ts';
import { beginNextLot } from './multi-instance.ts';
import { raiseIncident } from './raise-incident.ts';
import type { NodePlan } from './process-plan.ts';
import { planById, type ActivateStep, type Run } from './run.ts';

/** A node visited this often in one command is an endless straight-through loop. */
const VISIT_LIMIT = 1_000;
/** A loop marker with a maximum comes to an end by itself; what it may do in one command is bounded all the same. */
const BOUNDED_PASS_LIMIT = 100_000;

/** Starts an element for the token that a flow has brought, or a join has put together. */
export function enterByToken(run: Run, node: FlowNode, place: Place): void {
  enterByFlow(run, planById(run, node.id), place);
}

/** The same for a token that knows the plan of the node, because a flow has led it there. */
export function enterByFlow(run: Run, plan: NodePlan, place: Place): void {
  enter(run, plan, place, VISIT_LIMIT);
}

interface Place {
  readonly scopeKey: Key;
  readonly occurrence?: Occurrence | undefined;
  readonly memory?: ElementMemory;
}

/** Starts an element without a flow: a start event, a boundary event, an iteration of a loop. */
export function enterByStep(run: Run, step: ActivateStep): void {
  beginNextLot(run, step);
  enter(run, planById(run, step.node.id), step, passLimit(step));
}

function enter(run: Run, plan: NodePlan, step: Omit<ActivateStep, 'kind' | 'node'>, limit: number | null): void {
  const { node } = plan;
  const element = activateElement(run, plan, step);
  if (limit !== null && countVisit(run.flights.of(step.scopeKey), element.elementId, limit)) {
    raiseIncident(run, element, {
      type: 'STEP_LIMIT_EXCEEDED',
      message: `Expected a wait on the way back to "${node.name || node.id}", but it was passed ${limit} times in one go`,
      retry: { kind: 'activate' },
    });
    return;
  }
  const entry: RetriedEntry =
    step.occurrence === undefined ? WITHOUT_OCCURRENCE : { kind: 'activate', occurrence: step.occurrence };
  try {
    enterElement(run, plan, element, entry);
  } catch (reason) {
    stayWithIncident(run, element, entry, reason);
  }
}

type RetriedEntry = Extract<IncidentRetry, { kind: 'activate' }>;

const WITHOUT_OCCURRENCE: RetriedEntry = { kind: 'activate' };

/** Instances of a multi-instance activity are as many as it says, so they are not counted. */
function passLimit({ node, iteration }: ActivateStep): number | null {
  if (iteration === undefined || !isActivity(node) || node.standardLoop === undefined) return null;
  return node.standardLoop.maximum === undefined ? VISIT_LIMIT : BOUNDED_PASS_LIMIT;
}
