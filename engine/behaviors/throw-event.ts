import type { ElementInstance } from '../instance.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import type { EndEvent, IntermediateThrowEvent } from '../model/process-model.ts';
import { completeElement, takeFlow } from './complete-element.ts';
import type { Run } from './run.ts';
import { planThrow } from './throw-definition.ts';

/** Throws everything the event defines, in file order, and completes it unless it waits for what it threw, or is gone. */
export function throwEvent(run: Run, node: IntermediateThrowEvent | EndEvent, element: ElementInstance): void {
  const throws = definitionsOf(node.event).map((definition, index) =>
    planThrow(run, definition, { node, element, from: element.key, index }),
  );
  let waits = false;
  for (const throwOne of throws) {
    if (!run.draft.elements.has(element.key)) return;
    waits = throwOne() || waits;
  }
  if (!waits && run.draft.elements.has(element.key)) completeElement(run, element.key);
  if (run.draft.elements.get(element.key)?.memory?.undoing?.ahead === true) goAhead(run, node, element);
}

/** `waitForCompletion="false"`: the token goes on, and the event stays until everything is undone (ADR 0007). */
function goAhead(run: Run, node: IntermediateThrowEvent | EndEvent, { scopeKey }: ElementInstance): void {
  for (const flowId of node.outgoing) {
    const flow = run.model.flows.get(flowId);
    if (flow !== undefined) takeFlow(run, flow, { scopeKey });
  }
}
