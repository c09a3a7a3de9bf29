import type { Expression } from '../expressions/expression.ts';
import type {
  BoundaryEvent,
  EndEvent,
  FlowNode,
  IntermediateCatchEvent,
  IntermediateThrowEvent,
  StartEvent,
} from '../model/process-model.ts';
import type { NodeParts } from './compile-node.ts';
import { compileForm } from './compile-form.ts';
import { compileJob } from './compile-job.ts';
import { compileMessage } from './compile-message.ts';
import { compileTimer } from './compile-timer.ts';
import { elementOf, elementsOf, extensionOf, flagOf, localType, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

type AnyEventDefinition =
  | StartEvent['event']
  | EndEvent['event']
  | IntermediateCatchEvent['event']
  | IntermediateThrowEvent['event']
  | BoundaryEvent['event'];

/** Which event definitions run in which place (BPMN 2.0.2 table 10.93); any other is refused by name. */
const PLACES: Readonly<Record<string, readonly AnyEventDefinition['kind'][]>> = {
  startEvent: ['none', 'timer', 'message'],
  endEvent: ['none', 'message', 'error', 'terminate'],
  intermediateCatchEvent: ['timer', 'message'],
  intermediateThrowEvent: ['none', 'message'],
  boundaryEvent: ['timer', 'message', 'error'],
};

/** Compiles an event; null (with a problem) when its definition does not run in this place. */
export function compileEvent(element: ModdleElement, parts: NodeParts, problems: ProblemList): FlowNode | null {
  const type = localType(element);
  const event = compileDefinition(element, type, problems);
  if (event === null) return null;
  if (!(PLACES[type] ?? []).includes(event.kind)) {
    problems.unsupported(element, `A ${event.kind} ${type}`);
    return null;
  }
  if (event.kind !== 'message' && extensionOf(element, 'zeebe:TaskDefinition') !== undefined) {
    problems.unsupported(element, `zeebe:TaskDefinition on a ${event.kind} ${type}`);
  }
  if (type === 'boundaryEvent') return compileBoundary(element, parts, event as BoundaryEvent['event'], problems);
  const form = type === 'startEvent' ? compileForm(element, problems) : undefined;
  return { ...parts, type, event, ...(form === undefined ? {} : { form }) } as FlowNode;
}

function compileDefinition(element: ModdleElement, type: string, problems: ProblemList): AnyEventDefinition | null {
  const definitions = elementsOf(element, 'eventDefinitions');
  if (elementsOf(element, 'eventDefinitionRef').length > 0) {
    problems.unsupported(element, 'An event definition by reference');
    return null;
  }
  if (definitions.length > 1) {
    problems.unsupported(element, `A multiple ${type}`);
    return null;
  }
  const definition = definitions[0];
  if (definition === undefined) return { kind: 'none' };
  switch (definition.$type) {
    case 'bpmn:TimerEventDefinition':
      return compileTimerEvent(element, definition, type, problems);
    case 'bpmn:MessageEventDefinition':
      return compileMessageEvent(element, definition, type, problems);
    case 'bpmn:ErrorEventDefinition':
      return compileErrorEvent(element, definition, type, problems);
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' };
    default:
      problems.unsupported(element, localType(definition));
      return null;
  }
}

function compileTimerEvent(
  element: ModdleElement,
  definition: ModdleElement,
  type: string,
  problems: ProblemList,
): AnyEventDefinition | null {
  const timer = compileTimer(element, definition, problems);
  if (timer === null) return null;
  const interrupting = type === 'boundaryEvent' && flagOf(element, 'cancelActivity') !== false;
  if (timer.kind === 'cycle' && (type === 'intermediateCatchEvent' || interrupting)) {
    problems.unsupported(element, `A timer cycle on an interrupting ${type}`, 'Use a duration or a date.');
  }
  return { kind: 'timer', timer };
}

function compileMessageEvent(
  element: ModdleElement,
  definition: ModdleElement,
  type: string,
  problems: ProblemList,
): AnyEventDefinition | null {
  const throws = type === 'endEvent' || type === 'intermediateThrowEvent';
  const job =
    throws && extensionOf(element, 'zeebe:TaskDefinition') !== undefined ? compileJob(element, problems) : null;
  const messageRef = elementOf(definition, 'messageRef');
  // A message thrown by a job worker needs no message of the model.
  if (job !== null && messageRef === undefined)
    return { kind: 'message', message: { name: nameless(problems, element) }, job };
  const message = compileMessage(element, messageRef, { keyed: type !== 'startEvent' && !throws, problems });
  if (message === null) return null;
  return { kind: 'message', message, ...(job === null ? {} : { job }) };
}

function nameless(problems: ProblemList, element: ModdleElement): Expression {
  return problems.expression(element, 'message name', element.id ?? '');
}

function compileErrorEvent(
  element: ModdleElement,
  definition: ModdleElement,
  type: string,
  problems: ProblemList,
): AnyEventDefinition | null {
  const code = textOf(elementOf(definition, 'errorRef'), 'errorCode');
  if (code === undefined && type === 'endEvent') {
    problems.missing(element, 'error code', 'Choose an error with a code.');
  }
  if (code?.startsWith('=') === true) {
    problems.unsupported(element, 'An error code given by an expression', 'Write the code itself.');
  }
  return { kind: 'error', error: code === undefined ? {} : { code } };
}

function compileBoundary(
  element: ModdleElement,
  parts: NodeParts,
  event: BoundaryEvent['event'],
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
  if (event.kind === 'error' && !interrupting) problems.unsupported(element, 'A non-interrupting error boundary event');
  if (parts.outgoing.length === 0) problems.missing(element, 'outgoing flow', `Say what follows ${titleOf(element)}.`);
  return { ...parts, type: 'boundaryEvent', attachedToId: host.id, interrupting, event };
}

/** Tasks, sub-processes and call activities; others cannot carry a boundary event (BPMN 2.0.2 §10.5.4). */
function isActivityType({ $type }: ModdleElement): boolean {
  return /(Task|SubProcess|CallActivity|Transaction)$/.test($type);
}
