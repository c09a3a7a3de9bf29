import type { ConditionalEventDefinition, SingleEventDefinition } from '../model/event-definition.ts';
import { checkActivityRef } from './compile-compensation.ts';
import { compileJob } from './compile-job.ts';
import type { EventPlace } from './compile-event.ts';
import { compileMessage } from './compile-message.ts';
import { messageNamedBy } from './message-links.ts';
import { compileTimer } from './compile-timer.ts';
import { bodyOf, elementOf, extensionOf, flagOf, localType, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

interface At {
  readonly place: EventPlace;
  readonly problems: ProblemList;
}

/** One event definition of an event (BPMN 2.0.2 §10.5.5); null (with a problem) when it says too little or cannot run. */
export function compileEventDefinition(
  element: ModdleElement,
  definition: ModdleElement,
  at: At,
): SingleEventDefinition | null {
  switch (definition.$type) {
    case 'bpmn:TimerEventDefinition':
      return timerEvent(element, definition, at);
    case 'bpmn:MessageEventDefinition':
      return messageEvent(element, definition, at);
    case 'bpmn:SignalEventDefinition':
      return signalEvent(element, definition, at);
    case 'bpmn:ConditionalEventDefinition':
      return conditionalEvent(element, definition, at);
    case 'bpmn:ErrorEventDefinition':
      return codedEvent(element, { kind: 'error', code: textOf(elementOf(definition, 'errorRef'), 'errorCode') }, at);
    case 'bpmn:EscalationEventDefinition': {
      const code = textOf(elementOf(definition, 'escalationRef'), 'escalationCode');
      return codedEvent(element, { kind: 'escalation', code }, at);
    }
    case 'bpmn:LinkEventDefinition': {
      const linkName = textOf(definition, 'name');
      if (linkName === undefined) at.problems.missing(element, 'link name', 'Give both ends of the link one name.');
      return linkName === undefined ? null : { kind: 'link', linkName };
    }
    case 'bpmn:CompensateEventDefinition':
      return compensateEvent(element, definition, at);
    case 'bpmn:CancelEventDefinition':
      return { kind: 'cancel' };
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' };
    default:
      at.problems.unsupported(element, localType(definition));
      return null;
  }
}

export const isThrowEvent = (place: EventPlace): boolean => place === 'endEvent' || place === 'intermediateThrowEvent';
const throws = ({ place }: At): boolean => isThrowEvent(place) || place === 'loopEvent';

/** `activityRef` and `waitForCompletion` say something about a throw only (BPMN 2.0.2 table 10.88). */
function compensateEvent(element: ModdleElement, definition: ModdleElement, at: At): SingleEventDefinition {
  const activity = elementOf(definition, 'activityRef');
  const waitForCompletion = flagOf(definition, 'waitForCompletion') !== false;
  if (!throws(at) && (activity !== undefined || !waitForCompletion)) {
    at.problems.unsupported(
      element,
      'activityRef or waitForCompletion on an event that catches',
      'Say it where compensation is thrown.',
    );
  }
  if (activity?.id === undefined || !throws(at)) return { kind: 'compensate', waitForCompletion };
  checkActivityRef(element, activity, at.problems);
  return { kind: 'compensate', activityId: activity.id, waitForCompletion };
}

function timerEvent(element: ModdleElement, definition: ModdleElement, at: At): SingleEventDefinition | null {
  const timer = compileTimer(element, definition, at.problems);
  // A cycle at an event that happens once gives its first fire (`semantics.md`).
  return timer === null ? null : { kind: 'timer', timer };
}

function messageEvent(element: ModdleElement, definition: ModdleElement, at: At): SingleEventDefinition {
  // The job type of an activity is its own and not its loop's.
  const hasJob = isThrowEvent(at.place) && extensionOf(element, 'zeebe:TaskDefinition') !== undefined;
  const job = hasJob ? compileJob(element, at.problems) : null;
  const messageRef = messageNamedBy(definition);
  // A message thrown by a job worker needs no message of the model.
  if (job !== null && messageRef === undefined) {
    const name = at.problems.expression(element, 'message name', element.id ?? '');
    return { kind: 'message', message: { name }, job };
  }
  const keyed = at.place !== 'startEvent' && !throws(at);
  const message = compileMessage(element, messageRef, { keyed, problems: at.problems });
  return { kind: 'message', message, ...(job === null ? {} : { job }) };
}

function signalEvent(element: ModdleElement, definition: ModdleElement, at: At): SingleEventDefinition {
  const signal = elementOf(definition, 'signalRef');
  const name = textOf(signal, 'name') ?? signal?.id ?? element.id ?? '';
  if (textOf(signal, 'name') === undefined) at.problems.assume(element, 'signal-name', name);
  return { kind: 'signal', name: at.problems.expression(element, 'signal name', name) };
}

function conditionalEvent(element: ModdleElement, definition: ModdleElement, at: At): ConditionalEventDefinition {
  const text = bodyOf(elementOf(definition, 'condition'));
  const filter = extensionOf(definition, 'zeebe:ConditionalFilter');
  const variableNames = listOf(filter, 'variableNames');
  const variableEvents = listOf(filter, 'variableEvents');
  for (const event of variableEvents ?? []) {
    if (event !== 'create' && event !== 'update') {
      at.problems.unsupported(element, `The variable event "${event}"`, 'Use create, update or both.');
    }
  }
  return {
    kind: 'conditional',
    condition: at.problems.condition(element, 'condition', text),
    ...(variableNames === undefined ? {} : { variableNames }),
    ...(variableEvents === undefined ? {} : { variableEvents: variableEvents as ('create' | 'update')[] }),
  };
}

function listOf(filter: ModdleElement | undefined, name: string): readonly string[] | undefined {
  return textOf(filter, name)
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * Errors and escalations: thrown with a code, caught by the same code or, without one, whatever it is. `errorRef` and
 * `errorCode` are optional (BPMN 2.0.2 §10.5.5): what is thrown without a code reaches the handlers of every code.
 */
function codedEvent(
  element: ModdleElement,
  { kind, code }: { readonly kind: 'error' | 'escalation'; readonly code: string | undefined },
  at: At,
): SingleEventDefinition {
  if (code === undefined && throws(at)) at.problems.assume(element, 'no-code', kind);
  if (code?.startsWith('=') === true) {
    const what = `An ${kind} code given by an expression`;
    at.problems.unsupported(element, what, 'Write the code itself.');
  }
  return code === undefined ? { kind } : { kind, code };
}
