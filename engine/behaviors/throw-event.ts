import type { ElementInstance } from '../instance.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import type { EndEvent, IntermediateThrowEvent } from '../model/process-model.ts';
import { outgoingOf } from './choose-flows.ts';
import { completeElement, takeFlow } from './complete-element.ts';
import type { Run } from './run.ts';
import { planThrow } from './throw-definition.ts';

/**
 * Throws everything the event defines, in the order of the model, and completes it unless it waits for what it threw, or is
 * gone. Undoing is waited for, so what comes after it is thrown when this is called again.
 */
export function throwEvent(run: Run, node: IntermediateThrowEvent | EndEvent, element: ElementInstance): void {
  // Most end events throw nothing.
  if (node.event.kind === 'none') {
    completeElement(run, element.key);
    return;
  }
  const done = element.memory?.undoing?.next ?? 0;
  const throws = definitionsOf(node.event).map((definition, index) =>
    index < done ? null : planThrow(run, definition, { node, element, from: element.key, index }),
  );
  for (const throwOne of throws) {
    if (!run.draft.elements.has(element.key)) return;
    if (throwOne?.() !== true) continue;
    const goesAhead = run.draft.elements.get(element.key)?.memory?.undoing?.ahead === true;
    if (goesAhead && done === 0) goAhead(run, node, element);
    return;
  }
  if (run.draft.elements.has(element.key)) completeElement(run, element.key);
}

/** `waitForCompletion="false"`: the token goes on, and the event stays until everything is undone (ADR 0007). */
function goAhead(run: Run, node: IntermediateThrowEvent | EndEvent, { scopeKey }: ElementInstance): void {
  for (const flow of outgoingOf(run, node)) takeFlow(run, flow, scopeKey);
}
