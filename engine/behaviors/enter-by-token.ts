import type { ElementMemory, IncidentRetry, Occurrence } from '../instance.ts';
import type { Key } from '../key.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import { activateElement, enterElement } from './activate-element.ts';
import { stayWithIncident } from './attempt.ts';
import { countVisit } from './flight.ts';
import { beginNextLot } from './multi-instance.ts';
import { raiseIncident } from './raise-incident.ts';
import type { ActivateStep, Run } from './run.ts';

/** A node visited this often in one command is an endless straight-through loop. */
const VISIT_LIMIT = 1_000;
/** A loop marker with a maximum comes to an end by itself; what it may do in one command is bounded all the same. */
const BOUNDED_PASS_LIMIT = 100_000;

/** Starts an element for the token that a flow has brought, or a join has put together. */
export function enterByToken(
  run: Run,
  node: FlowNode,
  place: { readonly scopeKey: Key; readonly occurrence?: Occurrence; readonly memory?: ElementMemory },
): void {
  enter(run, node, place, VISIT_LIMIT);
}

/** Starts an element without a flow: a start event, a boundary event, an iteration of a loop. */
export function enterByStep(run: Run, node: FlowNode, step: ActivateStep): void {
  beginNextLot(run, node, step);
  enter(run, node, step, passLimit(node, step));
}

function enter(run: Run, node: FlowNode, step: Omit<ActivateStep, 'kind' | 'node'>, limit: number | null): void {
  const element = activateElement(run, node, step);
  if (limit !== null && countVisit(run.flights.of(step.scopeKey), node.id, limit)) {
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
    enterElement(run, node, element, entry);
  } catch (reason) {
    stayWithIncident(run, element, entry, reason);
  }
}

type RetriedEntry = Extract<IncidentRetry, { kind: 'activate' }>;

const WITHOUT_OCCURRENCE: RetriedEntry = { kind: 'activate' };

/** Instances of a multi-instance activity are as many as it says, so they are not counted. */
function passLimit(node: FlowNode, step: ActivateStep): number | null {
  if (step.iteration === undefined || !isActivity(node) || node.standardLoop === undefined) return null;
  return node.standardLoop.maximum === undefined ? VISIT_LIMIT : BOUNDED_PASS_LIMIT;
}
