import type { ElementInstance, Occurrence } from '../instance.ts';
import type { EventSubProcess, StartEvent } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { planWait } from './open-event.ts';
import { dropPending, nodeById, schedule, type Run } from './run.ts';
import { cancelWait, terminateChildren } from './terminate-element.ts';

/** An event sub-process with the start event by which it waits. */
export interface EventHandler {
  readonly eventSubProcess: EventSubProcess;
  readonly start: StartEvent;
}

const NONE: readonly EventHandler[] = [];

/** The event sub-processes of a scope, in file order; none where an element is no scope. */
export function eventHandlersOf(run: Run, scopeId: string): readonly EventHandler[] {
  const ids = run.model.scopes.get(scopeId)?.eventSubProcessIds;
  if (ids === undefined || ids.length === 0) return NONE;
  return ids.map((id) => {
    const eventSubProcess = nodeById(run, id);
    const start = eventSubProcess.type === 'eventSubProcess' ? nodeById(run, eventSubProcess.startEventId) : undefined;
    if (eventSubProcess.type !== 'eventSubProcess' || start?.type !== 'startEvent') {
      throw new Error(`Expected ${id} to be an event sub-process with a start event`);
    }
    return { eventSubProcess, start };
  });
}

/**
 * Opens what the event sub-processes of a scope wait for (BPMN 2.0.2 §13.5.4): their waits hang on the scope and are
 * evaluated in it. All expressions first, so that none is left half-open.
 */
export function openEventSubProcesses(run: Run, scopeId: string, scope: ElementInstance): void {
  const handlers = eventHandlersOf(run, scopeId);
  if (handlers.length === 0) return;
  const openings = handlers.map(({ start }) =>
    planWait(run, start.event, {
      host: scope,
      scopeKey: scope.key,
      elementId: start.id,
      interrupting: start.interrupting,
    }),
  );
  for (const open of openings) open();
}

/** Starts an event sub-process; an interrupting one ends everything else in its scope and closes its siblings. */
export function startEventSubProcess(
  run: Run,
  { eventSubProcess, start }: EventHandler,
  { scope, occurrence }: { readonly scope: ElementInstance; readonly occurrence: Omit<Occurrence, 'eventId'> },
): void {
  if (start.interrupting) interruptScope(run, scope, eventSubProcess);
  schedule(run, {
    kind: 'activate',
    scopeKey: scope.key,
    node: eventSubProcess,
    occurrence: { ...occurrence, eventId: start.id },
  });
}

function interruptScope(run: Run, scope: ElementInstance, by: EventSubProcess): void {
  dropPending(run, scope.key);
  terminateChildren(run, scope.key);
  const starts = new Set(eventHandlersOf(run, by.scopeId).map(({ start }) => start.id));
  for (const wait of run.draft.waits.get(scope.key) ?? []) {
    const { timers, subscriptions, incidents } = run.draft;
    const row = timers.get(wait.key) ?? subscriptions.get(wait.key);
    // A join that starved is over with everything else in the scope.
    if ((row !== undefined && starts.has(row.elementId)) || incidents.has(wait.key)) cancelWait(run, wait);
  }
  emit(run, {
    kind: 'elementRemembered',
    elementInstanceKey: scope.key,
    elementId: scope.elementId,
    memory: { interruptedBy: by.id },
  });
}
