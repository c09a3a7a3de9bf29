import { settleScope } from './complete-element.ts';
import { enterByStep, enterByToken } from './enter-by-token.ts';
import { fireConditions } from './fire-conditions.ts';
import { fireJoins } from './fire-joins.ts';
import type { Flight } from './flight.ts';
import { nodeById, type Run, type Step } from './run.ts';
import { undoNext } from './undo-completed.ts';
import { hasStartQuantity } from './waiting-tokens.ts';

/**
 * Runs the pending steps until every token waits or has ended, and nothing that waits for them can go on either. Joins
 * come first: a condition is looked at when the whole command has come to rest.
 */
export function runSteps(run: Run): void {
  do drain(run);
  while (fireJoins(run) || fireConditions(run));
}

/** Steps done are cut off in lots of at least this many, so that a long loop does not keep all that it has done. */
const LOT = 1_024;

/** First in, first out. */
function drain(run: Run): void {
  const { pending, pendingFlights } = run;
  // The queue grows while it is walked; an index instead of shift(), which moves the whole rest each time.
  while (run.stepsDone < pending.length) {
    const step = pending[run.stepsDone];
    const flight = pendingFlights[run.stepsDone];
    run.stepsDone += 1;
    if (step !== null && step !== undefined) {
      run.flights.leave(flight as Flight);
      if (run.draft.elements.has(step.scopeKey)) runStep(run, step);
    }
    if (run.stepsDone > LOT && run.stepsDone * 2 > pending.length) {
      pending.splice(0, run.stepsDone);
      pendingFlights.splice(0, run.stepsDone);
      run.stepsDone = 0;
    }
  }
}

function runStep(run: Run, step: Step): void {
  if (step.kind === 'undo') {
    undoNext(run, step.driverKey);
    settleScope(run, step.scopeKey);
    return;
  }
  const node = nodeById(run, step.nodeId);
  if (step.kind === 'activate') {
    enterByStep(run, node, step);
    return;
  }
  const behavior = run.behaviorOf(node);
  if (behavior.arrive !== undefined) behavior.arrive(run, node, step);
  else if (hasStartQuantity(run, node, step)) {
    enterByToken(run, node, step);
    return;
  }
  settleScope(run, step.scopeKey);
}
