import { settleScope } from './complete-element.ts';
import { enterByFlow, enterByStep } from './enter-by-token.ts';
import { fireConditions } from './fire-conditions.ts';
import { fireJoins } from './fire-joins.ts';
import type { Run, Step } from './run.ts';
import { throwNow } from './throw-event.ts';
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

function drain(run: Run): void {
  for (let place = run.pending.take(); place !== null; place = run.pending.take()) {
    const { step, flight } = place;
    if (step === null) continue;
    run.flights.leave(flight);
    if (run.draft.elements.has(step.scopeKey)) runStep(run, step);
    if (flight.steps === 0 && !run.draft.elements.has(flight.scopeKey)) run.flights.end(flight);
  }
}

function runStep(run: Run, step: Step): void {
  if (step.kind === 'undo') {
    undoNext(run, step.driverKey);
    settleScope(run, step.scopeKey);
    return;
  }
  if (step.kind === 'throw') {
    throwNow(run, step.elementKey);
    return;
  }
  if (step.kind === 'activate') {
    enterByStep(run, step);
    return;
  }
  const { node, behavior, collectsTokens } = step.plan;
  if (behavior.arrive !== undefined) behavior.arrive(run, node, step);
  else if (!collectsTokens || hasStartQuantity(run, node, step)) {
    enterByFlow(run, step.plan, step);
    return;
  }
  settleScope(run, step.scopeKey);
}
