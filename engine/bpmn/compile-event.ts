import type { EventDefinition, SingleEventDefinition } from '../model/event-definition.ts';
import type { BoundaryEvent, FlowNode } from '../model/process-model.ts';
import { compileEventDefinition, isThrowEvent } from './compile-event-definition.ts';
import { checkCancelBoundary, checkCancelEnd } from './compile-transaction.ts';
import { compileForm } from './compile-form.ts';
import { compileOpenTo } from './compile-open-to.ts';
import type { NodeParts } from './compile-node.ts';
import { elementOf, elementsOf, extensionOf, flagOf, localType, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

type Kind = EventDefinition['kind'];

/** Which event definitions run in which place (BPMN 2.0.2 table 10.93); any other is refused by name. */
export const PLACES: Readonly<Record<EventPlace, readonly Kind[]>> = {
  startEvent: ['none', 'timer', 'message', 'signal', 'conditional'],
  subProcessStart: ['none'],
  eventSubProcessStart: ['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensate'],
  endEvent: ['none', 'message', 'signal', 'error', 'escalation', 'compensate', 'cancel', 'terminate'],
  intermediateCatchEvent: ['timer', 'message', 'signal', 'conditional', 'link'],
  intermediateThrowEvent: ['none', 'message', 'signal', 'escalation', 'compensate', 'link'],
  boundaryEvent: ['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensate', 'cancel'],
  loopEvent: ['message', 'signal', 'error', 'escalation'],
};
/** What may not be one of several: it needs the event for itself. */
const ALONE: ReadonlySet<Kind> = new Set(['none', 'link', 'cancel']);

export type EventPlace =
  | 'startEvent'
  | 'subProcessStart'
  | 'eventSubProcessStart'
  | 'endEvent'
  | 'intermediateCatchEvent'
  | 'intermediateThrowEvent'
  | 'boundaryEvent'
  /** Thrown by a multi-instance activity (`behavior`). */
  | 'loopEvent';

const PLACE_NAMES: Readonly<Partial<Record<EventPlace, string>>> = {
  subProcessStart: 'start event in a sub-process',
  eventSubProcessStart: 'start event of an event sub-process',
};

/** Compiles an event; null (with a problem) when its definition does not run in this place. */
export function compileEvent(element: ModdleElement, parts: NodeParts, problems: ProblemList): FlowNode | null {
  const type = localType(element);
  const place = placeOf(element);
  const event = compileEventOf(element, place, problems);
  if (event === null) return null;
  if (event.kind !== 'message' && extensionOf(element, 'zeebe:TaskDefinition') !== undefined) {
    problems.unsupported(element, `zeebe:TaskDefinition on a ${event.kind} ${type}`);
  }
  if (event.kind === 'cancel' && type === 'endEvent') checkCancelEnd(element, problems);
  if (type === 'boundaryEvent') return compileBoundary(element, parts, event, problems);
  if (type !== 'startEvent') return { ...parts, type, event } as FlowNode;
  const form = compileForm(element, problems);
  const interrupting = startInterrupts(element, { place, event, problems });
  const isNone = place === 'startEvent' && event.kind === 'none';
  const openTo = compileOpenTo(element, { ...parts, ...(form && { form }), isNone }, problems);
  return { ...parts, type, event, interrupting, ...(form && { form }), ...(openTo && { openTo }) };
}

function placeOf(element: ModdleElement): EventPlace {
  const type = localType(element);
  if (type !== 'startEvent') return type as EventPlace;
  const scope = elementOf(element, '$parent');
  if (scope === undefined || scope.$type === 'bpmn:Process') return 'startEvent';
  return flagOf(scope, 'triggeredByEvent') === true ? 'eventSubProcessStart' : 'subProcessStart';
}

function startInterrupts(
  element: ModdleElement,
  {
    place,
    event,
    problems,
  }: { readonly place: EventPlace; readonly event: EventDefinition; readonly problems: ProblemList },
): boolean {
  const interrupting = flagOf(element, 'isInterrupting') !== false;
  if (interrupting) return true;
  if (place !== 'eventSubProcessStart')
    problems.unsupported(element, 'isInterrupting="false" outside an event sub-process');
  refuseGentleError(element, event, problems);
  return false;
}

/** An error always ends what it was thrown in, and nothing goes on beside what is undone (BPMN 2.0.2 table 10.88, 10.90). */
function refuseGentleError(element: ModdleElement, event: EventDefinition, problems: ProblemList): void {
  const definitions = event.kind === 'multiple' ? event.definitions : [event];
  for (const { kind } of definitions) {
    if (kind !== 'error' && kind !== 'compensate') continue;
    problems.unsupported(element, `A non-interrupting ${kind} ${localType(element)}`, 'Make it interrupting.');
  }
}

/** Its own definitions and those it refers to (`eventDefinitionRef`); several make a multiple event. */
function compileEventOf(element: ModdleElement, place: EventPlace, problems: ProblemList): EventDefinition | null {
  const definitions = [...elementsOf(element, 'eventDefinitions'), ...elementsOf(element, 'eventDefinitionRef')];
  const parallel = flagOf(element, 'parallelMultiple') === true;
  if (definitions.length <= 1 && parallel) {
    problems.missing(element, 'second event definition', 'A parallel multiple event needs at least two definitions.');
  }
  const kinds = definitions.length === 0 ? ['none'] : definitions.map(kindOf);
  const misplaced = kinds.filter((kind) => !PLACES[place].includes(kind as Kind));
  for (const kind of misplaced) problems.unsupported(element, `A ${kind} ${PLACE_NAMES[place] ?? place}`);
  if (misplaced.length > 0) return null;
  const events = definitions.map((definition) => compileEventDefinition(element, definition, { place, problems }));
  const all = events.filter((event) => event !== null);
  const [first] = all;
  if (all.length < definitions.length) return null;
  if (first === undefined) return { kind: 'none' };
  if (all.length === 1) return first;
  for (const event of all) refuseTogether(element, event, { all, parallel, place, problems });
  return { kind: 'multiple', parallel, definitions: isThrowEvent(place) ? inOrderOfThrowing(all) : all };
}

/**
 * Undoing is waited for, so what needs no wait goes first; an error ends what it was thrown in, so it comes last. Whether an
 * event with several throws of compensation goes ahead is one question: it waits as soon as one of them does.
 */
function inOrderOfThrowing(all: readonly SingleEventDefinition[]): readonly SingleEventDefinition[] {
  const rank = ({ kind }: SingleEventDefinition) => (kind === 'error' ? 2 : kind === 'compensate' ? 1 : 0);
  const waits = all.some((event) => event.kind === 'error' || (event.kind === 'compensate' && event.waitForCompletion));
  return [...all]
    .sort((a, b) => rank(a) - rank(b))
    .map((event) => (event.kind === 'compensate' ? { ...event, waitForCompletion: waits } : event));
}

/** `bpmn:TimerEventDefinition` → `timer`. */
function kindOf(definition: ModdleElement): string {
  return localType(definition).replace(/EventDefinition$/, '');
}

function refuseTogether(
  element: ModdleElement,
  event: EventDefinition,
  {
    all,
    parallel,
    place,
    problems,
  }: {
    readonly all: readonly EventDefinition[];
    readonly parallel: boolean;
    readonly place: EventPlace;
    readonly problems: ProblemList;
  },
): void {
  const throws = isThrowEvent(place);
  if (ALONE.has(event.kind) || (event.kind === 'compensate' && !throws))
    problems.unsupported(element, `A ${event.kind} definition beside others`, 'Draw two events.');
  if (event.kind === 'error' && all.filter(({ kind }) => kind === 'error').length > 1 && throws)
    problems.unsupported(element, 'A second error in one event', 'The first ends it: keep one.');
  if (event.kind === 'message' && event.job !== undefined) {
    problems.unsupported(element, 'A job type on a multiple event', 'Draw an event of its own for it.');
  }
  if (parallel && (event.kind === 'error' || event.kind === 'escalation')) {
    problems.unsupported(element, `A parallel multiple event with ${event.kind}`, 'Draw two events.');
  }
}

function compileBoundary(
  element: ModdleElement,
  parts: NodeParts,
  event: EventDefinition,
  problems: ProblemList,
): BoundaryEvent | null {
  const host = elementOf(element, 'attachedToRef');
  if (host?.id === undefined) {
    problems.missing(element, 'host activity', 'Attach it to the border of an activity.');
    return null;
  }
  if (!isActivityType(host) || elementOf(host, '$parent') !== elementOf(element, '$parent')) {
    problems.missing(element, 'host activity in its own scope', 'Attach it to the border of an activity beside it.');
  }
  const interrupting = flagOf(element, 'cancelActivity') !== false;
  if (event.kind === 'cancel') checkCancelBoundary(element, host, problems);
  if (event.kind === 'compensate') {
    if (parts.outgoing.length > 0) {
      const message = `${titleOf(element)} leads to its handler by an association, so no flow leaves it.`;
      problems.add(element, { code: 'misplaced-flow', message, remedy: 'Remove the flow.' });
    }
  } else if (!interrupting) refuseGentleError(element, event, problems);
  if (event.kind !== 'compensate' && parts.outgoing.length === 0)
    problems.missing(element, 'outgoing flow', `Say what follows ${titleOf(element)}.`);
  return { ...parts, type: 'boundaryEvent', attachedToId: host.id, interrupting, event };
}

/** Tasks, sub-processes and call activities; others cannot carry a boundary event (BPMN 2.0.2 §10.5.4). */
function isActivityType(element: ModdleElement): boolean {
  if (flagOf(element, 'triggeredByEvent') === true) return false;
  return /(Task|SubProcess|CallActivity|Transaction)$/.test(element.$type);
}
