import { isActivity, type FlowNode } from '../model/process-model.ts';
import { activateElement, enterElement } from './activate-element.ts';
import { attempt } from './attempt.ts';
import { settleScope } from './complete-element.ts';
import { fireConditions } from './fire-conditions.ts';
import { raiseIncident } from './raise-incident.ts';
import { nodeById, type Run, type Step } from './run.ts';

/** A node visited this often in one command is an endless straight-through loop. */
const VISIT_LIMIT = 1_000;
/** A loop marker with a maximum comes to an end by itself; what it may do in one command is bounded all the same. */
const BOUNDED_PASS_LIMIT = 100_000;

/** Runs the pending steps until every token waits or has ended, and nothing that waits for them can go on either. */
export function runSteps(run: Run): void {
  do drain(run);
  while (fireConditions(run));
}

/** Steps done are cut off in lots of at least this many, so that a long loop does not keep all that it has done. */
const LOT = 1_024;

/** First in, first out. */
function drain(run: Run): void {
  const { pending } = run;
  // The queue grows while it is walked; an index instead of shift(), which moves the whole rest each time.
  for (let index = 0; index < pending.length; index += 1) {
    const step = pending[index];
    if (step !== null && step !== undefined) {
      leaveFlight(run, step);
      if (run.draft.elements.has(step.scopeKey)) runStep(run, step);
    }
    if (index >= LOT && index * 2 > pending.length) {
      pending.splice(0, index + 1);
      index = -1;
    }
  }
  pending.length = 0;
}

function runStep(run: Run, step: Step): void {
  const node = nodeById(run, step.nodeId);
  const behavior = run.behaviorOf(node);
  if (step.kind === 'arrive' && behavior.arrive !== undefined) {
    behavior.arrive(run, node, step);
    settleScope(run, step.scopeKey);
    return;
  }
  const element = activateElement(run, node, step);
  const limit = visitLimit(node, step);
  if (limit !== null && isEndless(run, step, limit)) {
    raiseIncident(run, element, {
      type: 'STEP_LIMIT_EXCEEDED',
      message: `Expected a wait on the way back to "${node.name || node.id}", but it was passed ${limit} times in one go`,
      retry: { kind: 'activate' },
    });
    return;
  }
  const entry = step.occurrence === undefined ? {} : { occurrence: step.occurrence };
  attempt(run, element, { kind: 'activate', ...entry }, () => enterElement(run, node, element, entry));
}

/** Instances of a multi-instance activity are as many as it says, so they are not counted. */
function visitLimit(node: FlowNode, step: Step): number | null {
  if (step.kind === 'arrive') return VISIT_LIMIT;
  if (step.iteration === undefined || !isActivity(node) || node.standardLoop === undefined) return null;
  return node.standardLoop.maximum === undefined ? VISIT_LIMIT : BOUNDED_PASS_LIMIT;
}

function isEndless(run: Run, step: Step, limit: number): boolean {
  const place = `${step.scopeKey}/${step.nodeId}`;
  const visits = (run.visits.get(place) ?? 0) + 1;
  run.visits.set(place, visits);
  return visits > limit;
}

function leaveFlight(run: Run, step: Step): void {
  const left = (run.inFlight.get(step.scopeKey) ?? 1) - 1;
  if (left === 0) run.inFlight.delete(step.scopeKey);
  else run.inFlight.set(step.scopeKey, left);
}
