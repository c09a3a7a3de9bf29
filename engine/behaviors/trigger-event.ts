import type { ElementInstance, Occurrence } from '../instance.ts';
import type { Key } from '../key.ts';
import { waitsForAll } from '../model/definitions-of.ts';
import type { BoundaryEvent, FlowNode, StartEvent } from '../model/process-model.ts';
import { attempt } from './attempt.ts';
import { completeElement } from './complete-element.ts';
import { startEventSubProcess } from './event-sub-process.ts';
import { happenBehindGateway } from './event-based-gateway.ts';
import { takeResult } from './map-variables.ts';
import { planBoundary, planWait } from './open-event.ts';
import { nodeById, planById, schedule, type Run } from './run.ts';
import { terminateElement } from './terminate-element.ts';
import { propagateVariables } from './write-variables.ts';

export interface Trigger {
  /** What the wait hung on. */
  readonly host: ElementInstance;
  /** The event that happened. */
  readonly elementId: string;
  readonly occurrence: Occurrence;
}

/**
 * What an event that happened does. A catch event goes on; a boundary event starts its path beside or instead of its
 * host; a start event starts its event sub-process; an event behind an event-based gateway is chosen.
 */
export function triggerEvent(run: Run, trigger: Trigger): void {
  const { host, elementId, occurrence } = trigger;
  const node = nodeById(run, elementId);
  if (node.id === host.elementId) {
    takeResult(run, planById(run, node.id), host, occurrence.variables);
    if (!waitsForMore(run, node, host.key)) completeElement(run, host.key);
  } else if (host.elementType === 'eventBasedGateway') {
    happenBehindGateway(run, { gateway: host, node, occurrence });
  } else if (node.type === 'boundaryEvent') {
    triggerBoundary(run, node, trigger);
  } else if (node.type === 'startEvent') {
    triggerEventSubProcess(run, node, trigger);
  } else {
    throw new Error(`Expected ${elementId} to be an event of ${host.elementId}`);
  }
}

/** Whether an event that needs all of its definitions still waits for some. */
function waitsForMore(run: Run, node: FlowNode, hostKey: Key): boolean {
  if (!('event' in node) || !waitsForAll(node.event)) return false;
  return (run.draft.waits.get(hostKey) ?? []).some(({ key }) => {
    const wait = run.draft.timers.get(key) ?? run.draft.subscriptions.get(key);
    return wait?.elementId === node.id;
  });
}

function triggerBoundary(run: Run, node: BoundaryEvent, { host, occurrence }: Trigger): void {
  if (host.scopeKey === null) return;
  if (waitsForMore(run, node, host.key)) {
    propagateVariables(run, host.scopeKey, occurrence.variables);
    return;
  }
  schedule(run, { kind: 'activate', scopeKey: host.scopeKey, node, occurrence });
  if (node.interrupting) terminateElement(run, host.key);
  else if (waitsForAll(node.event)) reopenEvent(run, host, node.id);
}

function triggerEventSubProcess(run: Run, start: StartEvent, { host, occurrence }: Trigger): void {
  const eventSubProcess = nodeById(run, start.scopeId);
  if (eventSubProcess.type !== 'eventSubProcess') throw new Error(`Expected ${start.id} to start an event sub-process`);
  if (waitsForMore(run, start, host.key)) {
    propagateVariables(run, host.key, occurrence.variables);
    return;
  }
  startEventSubProcess(run, { eventSubProcess, start }, { scope: host, occurrence });
  if (!start.interrupting && waitsForAll(start.event)) reopenEvent(run, host, start.id);
}

/** A non-interrupting event that needs all of its definitions may happen once more; what it sits on goes on meanwhile. */
export function reopenEvent(run: Run, host: ElementInstance, eventId: string): void {
  attempt(run, host, { kind: 'reopen', eventId }, () => {
    const node = nodeById(run, eventId);
    if (node.type === 'boundaryEvent') planBoundary(run, eventId, host)();
    else if (node.type === 'startEvent') {
      const { event, interrupting } = node;
      planWait(run, event, { host, scopeKey: host.key, elementId: eventId, interrupting })();
    }
  });
}
