import type { ElementInstance } from '../instance.ts';
import type { CompensateEventDefinition } from '../model/event-definition.ts';
import type { FlowNode } from '../model/process-model.ts';
import { applyOutputMappings } from './map-variables.ts';
import type { Run } from './run.ts';
import { joinQueue } from './undo-queue.ts';

/**
 * Begins to undo what has completed by now; the event stays until all of it is undone. With `waitForCompletion="false"`
 * its token goes on at once and only the event stays, so that its scope does not end before its handlers (ADR 0007).
 */
export function throwCompensation(
  run: Run,
  {
    activityId = null,
    waitForCompletion,
  }: Omit<CompensateEventDefinition, 'kind' | 'activityId'> & { readonly activityId?: string | null },
  { node, element, next }: { readonly node: FlowNode; readonly element: ElementInstance; readonly next: number },
): void {
  const undoing = { before: run.draft.historyLength + 1, activityId, current: null, next };
  if (waitForCompletion) {
    joinQueue(run, element, undoing);
    return;
  }
  // Once: one that throws several times has gone ahead already.
  if (element.memory?.undoing === undefined) applyOutputMappings(run, node, element);
  joinQueue(run, element, { ...undoing, ahead: true });
}
