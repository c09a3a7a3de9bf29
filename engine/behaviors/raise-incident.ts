import type { ElementInstance, IncidentRetry, IncidentType } from '../instance.ts';
import type { Key } from '../key.ts';
import { emit } from './emit.ts';
import { takeKey, type Run } from './run.ts';

export interface IncidentOptions {
  readonly type: IncidentType;
  readonly message: string;
  readonly retry: IncidentRetry;
  readonly jobKey?: Key;
  /** The node to show, when it is not the element itself. */
  readonly elementId?: string;
}

/** Stops the element until an operator resolves the incident; its boundary events go on working. */
export function raiseIncident(run: Run, element: ElementInstance, options: IncidentOptions): void {
  emit(run, {
    kind: 'incidentRaised',
    incident: {
      key: takeKey(run),
      elementInstanceKey: element.key,
      elementId: options.elementId ?? element.elementId,
      type: options.type,
      message: options.message,
      jobKey: options.jobKey ?? null,
      retry: options.retry,
      createdAt: run.now,
    },
  });
}
