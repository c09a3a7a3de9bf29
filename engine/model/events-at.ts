import { isActivity, type ProcessModel } from './process-model.ts';

/** The events whose waits hang on an element, by where they stand. */
export interface EventsAt {
  readonly boundary: readonly string[];
  /** Of the event sub-processes in it. */
  readonly starts: readonly string[];
  /** Behind an event-based gateway. */
  readonly behind: readonly string[];
}

/** An element or the process. */
export function eventsAt({ nodes, flows, scopes }: ProcessModel, elementId: string): EventsAt {
  const node = nodes.get(elementId);
  const starts = (scopes.get(elementId)?.eventSubProcessIds ?? []).map((id) => {
    const eventSubProcess = nodes.get(id);
    return eventSubProcess?.type === 'eventSubProcess' ? eventSubProcess.startEventId : id;
  });
  return {
    boundary: node !== undefined && isActivity(node) ? node.boundaryEventIds : [],
    starts,
    behind: node?.type === 'eventBasedGateway' ? node.outgoing.map((id) => flows.get(id)?.targetId ?? '') : [],
  };
}
