import type { ElementInstance, IncidentRetry } from '../instance.ts';
import { emit } from './emit.ts';
import { raiseIncident } from './raise-incident.ts';
import type { Run } from './run.ts';
import { Stuck } from './stuck.ts';

/** Runs a step of an element; when it gets stuck, raises an incident that tries `retry` again. */
export function attempt(run: Run, element: ElementInstance, retry: IncidentRetry, step: () => void): void {
  try {
    step();
  } catch (reason) {
    stayWithIncident(run, element, retry, reason);
  }
}

/** What a step threw; anything but `Stuck` goes on. Called by itself where a closure per step was measured. */
export function stayWithIncident(run: Run, element: ElementInstance, retry: IncidentRetry, reason: unknown): void {
  if (!(reason instanceof Stuck)) throw reason;
  if (retry.kind === 'complete' && run.draft.elements.get(element.key)?.state === 'active') {
    emit(run, { kind: 'elementCompleting', elementInstanceKey: element.key, elementId: element.elementId });
  }
  raiseIncident(run, element, { type: reason.type, message: reason.message, retry: reason.retry ?? retry });
}
