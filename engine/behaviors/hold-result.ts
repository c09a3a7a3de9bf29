import type { ElementInstance } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import { complete } from './complete-element.ts';
import { living } from './living.ts';
import { takeResult } from './map-variables.ts';
import { planById, type Run } from './run.ts';
import { remember } from './undo-queue.ts';

/** The work of an element is done: it goes on with what came of it. */
export function goOnWithResult(run: Run, element: ElementInstance, variables: VariableMap): void {
  const plan = planById(run, element.elementId);
  takeResult(run, plan, element, variables);
  complete(run, plan, element);
}

/**
 * The instance is suspended, so no token moves; but the worker has done its work, and to refuse its answer would have the
 * e-mail sent a second time after the resume.
 */
export function holdResult(run: Run, element: ElementInstance, heldResult: VariableMap): void {
  remember(run, element, { heldResult });
}

/** Everything that was held goes on, in the order in which the elements began. */
export function releaseHeldResults(run: Run): void {
  const holding = [...living(run)].filter(({ memory }) => memory?.heldResult !== undefined);
  for (const element of holding.sort((a, b) => a.key - b.key)) {
    const now = run.draft.elements.get(element.key);
    const held = now?.state === 'active' ? now.memory?.heldResult : undefined;
    if (now !== undefined && held !== undefined) goOnWithResult(run, now, held);
  }
}
