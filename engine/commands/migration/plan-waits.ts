import type { ElementInstance, Wait } from '../../instance.ts';
import { eventsAt } from '../../model/events-at.ts';
import type { FlowNode } from '../../model/process-model.ts';
import { eventsOf } from './check-element.ts';
import { renamed, targetOf, type MigrationPlan } from './migration-plan.ts';

/** What becomes of what hangs on an element: each wait of an event goes with its event, or closes. */
export interface WaitsPlan {
  /** Event → what it is called from now on. */
  readonly events: Readonly<Record<string, string>>;
  readonly closing: readonly Wait[];
  /** Events of the target that nothing is mapped to: they open. */
  readonly opening: readonly string[];
}

export function planWaits(plan: MigrationPlan, element: ElementInstance): WaitsPlan {
  const { run, to, from } = plan;
  const targetId = targetOf(plan, element.elementId) ?? '';
  const attached = attachedTo(to, targetId, element);
  const events: Record<string, string> = {};
  const closing: Wait[] = [];
  for (const wait of run.draft.waits.get(element.key) ?? []) {
    nameOccurrence(plan, element, { wait, events });
    const eventId = eventOf(plan, wait);
    if (eventId === null || eventId === element.elementId) continue;
    const goesTo = plan.mapped.get(eventId);
    if (goesTo === undefined) {
      closing.push(wait);
      continue;
    }
    events[eventId] = goesTo;
    const [source, target] = [from.nodes.get(eventId), to.nodes.get(goesTo)];
    if (source !== undefined && target !== undefined) checkEvent(plan, { source, target, attached, targetId });
  }
  const opening = mayOpen(plan, element) ? attached.filter((id) => !plan.targets.has(id)) : [];
  return { events, closing, opening };
}

/** The event of a wait: a boundary event, a start of an event sub-process, an event behind a gateway; its host otherwise. */
function eventOf({ run: { draft } }: MigrationPlan, { kind, key }: Wait): string | null {
  switch (kind) {
    case 'timer':
      return draft.timers.get(key)?.elementId ?? null;
    case 'subscription':
      return draft.subscriptions.get(key)?.elementId ?? null;
    case 'incident': {
      const incident = draft.incidents.get(key);
      return incident?.retry.kind === 'reopen' ? incident.retry.eventId : (incident?.elementId ?? null);
    }
    case 'userTask':
    case 'job':
    case 'token':
      return null;
  }
}

/** An incident that will start something over remembers by which event. */
function nameOccurrence(
  plan: MigrationPlan,
  { elementId }: ElementInstance,
  { wait, events }: { readonly wait: Wait; readonly events: Record<string, string> },
): void {
  const retry = plan.run.draft.incidents.get(wait.key)?.retry;
  const eventId = retry?.kind === 'activate' || retry?.kind === 'start' ? retry.occurrence?.eventId : undefined;
  if (eventId === undefined) return;
  const target = renamed(plan, eventId);
  if (target !== undefined) events[eventId] = target;
  else {
    plan.problems.add(elementId, {
      message: `the incident at "${elementId}" starts it by "${eventId}", which is not in the target version`,
      remedy: `Map "${eventId}", or resolve the incident first.`,
    });
  }
}

interface EventPair {
  readonly source: FlowNode;
  readonly target: FlowNode;
  readonly attached: readonly string[];
  readonly targetId: string;
}

function checkEvent({ problems }: MigrationPlan, { source, target, attached, targetId }: EventPair): void {
  const no = (message: string, remedy: string): void => problems.add(source.id, { message, remedy });
  if (!attached.includes(target.id)) {
    no(
      `"${source.id}" waits at what becomes "${targetId}", but "${target.id}" does not belong to that`,
      'Map it to an event of the same host, or leave it out: then it closes.',
    );
  } else if (eventsOf(source) !== eventsOf(target) || interrupts(source) !== interrupts(target)) {
    const how = (node: FlowNode): string => `${eventsOf(node)}${interrupts(node) ? '' : ' that does not interrupt'}`;
    no(
      `"${source.id}" is ${how(source)}, but "${target.id}" is ${how(target)}`,
      'Map it to an event of its own kind, or leave it out: then it closes.',
    );
  }
}

function interrupts(node: FlowNode): boolean {
  return !('interrupting' in node) || node.interrupting;
}

/** The events of the target that wait on an element: an iteration, a loop body and an inner flow bear an id without being it. */
function attachedTo(to: MigrationPlan['to'], targetId: string, { loopIndex, elementType }: ElementInstance): string[] {
  if (elementType === 'adHocInnerInstance') return [];
  const { boundary, starts, behind } = eventsAt(to, targetId);
  return [...(loopIndex === null ? boundary : []), ...(elementType === 'multiInstanceBody' ? [] : starts), ...behind];
}

/** What has not begun opens its events when its incident is resolved; what is ending opens none. */
function mayOpen({ run: { draft } }: MigrationPlan, element: ElementInstance): boolean {
  if (element.state !== 'active' || element.memory?.interruptedBy !== undefined) return false;
  return !(draft.waits.get(element.key) ?? []).some(({ key }) => {
    const retry = draft.incidents.get(key)?.retry;
    return retry?.kind === 'start' || retry?.kind === 'activate';
  });
}
