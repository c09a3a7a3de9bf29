import type { ElementInstance } from '../instance.ts';
import { definitionsOf } from '../model/definitions-of.ts';
import type { EndEvent, IntermediateThrowEvent } from '../model/process-model.ts';
import type { Key } from '../key.ts';
import { attempt } from './attempt.ts';
import { outgoingOf } from './choose-flows.ts';
import { completeElement, takeFlow } from './complete-element.ts';
import { nodeById, schedule, type Run } from './run.ts';
import { planThrow } from './throw-definition.ts';

/**
 * An event is reached: it throws. A signal is not kept for those who come late (§10.5.1), so it is thrown when the tokens
 * that moved together with this one stand where they wait: behind a parallel split nobody is earlier than the others.
 */
export function reachThrow(run: Run, node: IntermediateThrowEvent | EndEvent, element: ElementInstance): void {
  const { key, scopeKey } = element;
  if (scopeKey !== null && definitionsOf(node.event).some(({ kind }) => kind === 'signal')) {
    schedule(run, { kind: 'throw', scopeKey, elementKey: key });
  } else throwEvent(run, node, element);
}

/** The turn of such an event has come, unless it was ended meanwhile. */
export function throwNow(run: Run, elementKey: Key): void {
  const element = run.draft.elements.get(elementKey);
  const node = element === undefined ? undefined : nodeById(run, element.elementId);
  if (element === undefined || (node?.type !== 'intermediateThrowEvent' && node?.type !== 'endEvent')) return;
  attempt(run, element, { kind: 'activate' }, () => throwEvent(run, node, element));
}

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
