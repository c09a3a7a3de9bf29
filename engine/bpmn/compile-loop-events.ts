import type { LoopEvent } from '../model/process-model.ts';
import type { SingleEventDefinition } from '../model/event-definition.ts';
import { compileEventDefinition } from './compile-event-definition.ts';
import {
  bodyOf,
  elementOf,
  elementsOf,
  extensionsOf,
  localType,
  textOf,
  type ModdleElement,
} from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

/** What a loop can throw: what a boundary event of its activity, or somebody outward, can catch. */
const THROWN: ReadonlySet<string> = new Set(['message', 'signal', 'escalation', 'error']);

/** `behavior` of the multi-instance marker with the events it names (BPMN 2.0.2 §10.3.8). */
export function compileLoopEvents(
  element: ModdleElement,
  marker: ModdleElement,
  problems: ProblemList,
): readonly LoopEvent[] {
  const behavior = textOf(marker, 'behavior') ?? 'All';
  refuseUnused(element, marker, { behavior, problems });
  switch (behavior) {
    case 'All':
      return [];
    case 'None':
      return eventByReference(element, marker, { property: 'noneBehaviorEventRef', kind: 'each', problems });
    case 'One':
      return eventByReference(element, marker, { property: 'oneBehaviorEventRef', kind: 'first', problems });
    case 'Complex':
      return complexEvents(element, marker, problems);
    default:
      problems.unsupported(element, `Multi-instance behavior "${behavior}"`, 'Use None, One, All or Complex.');
      return [];
  }
}

const BELONGS = { noneBehaviorEventRef: 'None', oneBehaviorEventRef: 'One', complexBehaviorDefinition: 'Complex' };

/** An event that this behavior never throws would be drawn and never happen. */
function refuseUnused(
  element: ModdleElement,
  marker: ModdleElement,
  { behavior, problems }: { readonly behavior: string; readonly problems: ProblemList },
): void {
  for (const [property, wanted] of Object.entries(BELONGS)) {
    const given = elementOf(marker, property) !== undefined || elementsOf(marker, property).length > 0;
    if (!given || behavior === wanted) continue;
    problems.unsupported(element, `${property} with behavior "${behavior}"`, `Set the behavior to ${wanted}.`);
  }
}

/** The specification throws a signal without a name when no event is given; nobody could catch it, so one must be. */
function eventByReference(
  element: ModdleElement,
  marker: ModdleElement,
  {
    property,
    kind,
    problems,
  }: { readonly property: string; readonly kind: 'each' | 'first'; readonly problems: ProblemList },
): readonly LoopEvent[] {
  const definition = elementOf(marker, property);
  if (definition === undefined) {
    problems.missing(element, property, 'Refer to an event definition of the file, such as a signal.');
    return [];
  }
  const compiled = thrown(element, definition, problems);
  return compiled === null ? [] : [{ when: { kind }, definitions: [compiled] }];
}

function complexEvents(element: ModdleElement, marker: ModdleElement, problems: ProblemList): readonly LoopEvent[] {
  const rules = elementsOf(marker, 'complexBehaviorDefinition');
  if (rules.length === 0) problems.missing(element, 'complexBehaviorDefinition', 'Give it a condition and an event.');
  return rules.flatMap((rule) => {
    const event = elementOf(rule, 'event');
    const given = [...elementsOf(event, 'eventDefinitions'), ...elementsOf(event, 'eventDefinitionRef')];
    for (const { $type } of event === undefined ? [] : extensionsOf(event)) {
      problems.unsupported(element, `${$type} in the event of a loop`);
    }
    if (given.length === 0) problems.missing(element, 'event of a complexBehaviorDefinition', 'Say what it throws.');
    const condition = problems.condition(element, 'condition of a loop event', bodyOf(elementOf(rule, 'condition')));
    const definitions = given.map((one) => thrown(element, one, problems)).filter((one) => one !== null);
    return [{ when: { kind: 'condition' as const, condition }, definitions }];
  });
}

function thrown(
  element: ModdleElement,
  definition: ModdleElement,
  problems: ProblemList,
): SingleEventDefinition | null {
  const compiled = compileEventDefinition(element, definition, { place: 'loopEvent', problems });
  if (compiled === null || THROWN.has(compiled.kind)) return compiled;
  problems.unsupported(
    element,
    `A loop that throws ${localType(definition)}`,
    'Use a signal, escalation, message or error.',
  );
  return null;
}
