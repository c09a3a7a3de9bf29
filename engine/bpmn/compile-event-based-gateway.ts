import type { EventBasedGateway } from '../model/process-model.ts';
import type { NodeParts } from './compile-node.ts';
import { flowsOf } from './flows-of.ts';
import { elementOf, elementsOf, flagOf, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** BPMN 2.0.2 §10.6.6: behind it stand catch events and receive tasks, which nothing else leads to. */
export function compileEventBasedGateway(
  element: ModdleElement,
  parts: NodeParts,
  problems: ProblemList,
): EventBasedGateway {
  const instantiate = flagOf(element, 'instantiate') === true;
  const parallel = textOf(element, 'eventGatewayType') === 'Parallel';
  const refuse = (message: string, remedy: string) =>
    problems.add(element, { code: 'misplaced-gateway', message: `${titleOf(element)} ${message}.`, remedy });
  if (parallel && !instantiate) {
    refuse('waits for all of its events, which only the start of a process may', 'Make it exclusive.');
  }
  if (instantiate && (parts.incoming.length > 0 || elementOf(element, '$parent')?.$type !== 'bpmn:Process')) {
    refuse('starts a process, so it stands at its beginning', 'Remove the flows into it, or take away "instantiate".');
  }
  if (parts.outgoing.length < 2) refuse('chooses between events, so it needs at least two', 'Draw another event.');
  const targets = flowsOf(element, 'outgoing').map((flow) => elementOf(flow, 'targetRef'));
  for (const target of targets) if (target !== undefined) checkTarget(target, { instantiate, refuse });
  if (targets.some(catchesMessage) && targets.some((target) => target?.$type === 'bpmn:ReceiveTask')) {
    refuse('waits for messages in events and in receive tasks, but may in one of the two ways', 'Draw them all alike.');
  }
  return { ...parts, type: 'eventBasedGateway', instantiate, parallel };
}

function catchesMessage(target: ModdleElement | undefined): boolean {
  return definitionsOf(target).some(({ $type }) => $type === 'bpmn:MessageEventDefinition');
}

function definitionsOf(target: ModdleElement | undefined): readonly ModdleElement[] {
  return [...elementsOf(target, 'eventDefinitions'), ...elementsOf(target, 'eventDefinitionRef')];
}

const WAITS = /^bpmn:(Timer|Message|Signal|Conditional)EventDefinition$/;

function checkTarget(
  target: ModdleElement,
  {
    instantiate,
    refuse,
  }: { readonly instantiate: boolean; readonly refuse: (message: string, remedy: string) => void },
): void {
  const definitions = definitionsOf(target);
  const isEvent =
    target.$type === 'bpmn:IntermediateCatchEvent' &&
    definitions.length > 0 &&
    definitions.every(({ $type }) => WAITS.test($type));
  if (!isEvent && target.$type !== 'bpmn:ReceiveTask') {
    refuse(`leads to ${titleOf(target)}, which waits for nothing`, 'Lead it to catch events and receive tasks only.');
    return;
  }
  if (flagOf(target, 'parallelMultiple') === true) {
    refuse(`leads to ${titleOf(target)}, which waits for several things together`, 'Use one definition.');
  }
  if (flowsOf(target, 'incoming').length > 1) {
    refuse(`leads to ${titleOf(target)}, which other flows reach as well`, 'Give it an event of its own.');
  }
  if (target.$type !== 'bpmn:ReceiveTask') return;
  if (instantiate && flagOf(target, 'instantiate') === true) {
    refuse(`leads to ${titleOf(target)}, which starts the process by itself`, 'Take away its "instantiate".');
  }
  const hasBoundary = elementsOf(elementOf(target, '$parent'), 'flowElements').some(
    (other) => other.$type === 'bpmn:BoundaryEvent' && elementOf(other, 'attachedToRef') === target,
  );
  if (hasBoundary || elementOf(target, 'loopCharacteristics') !== undefined) {
    refuse(`leads to ${titleOf(target)}, which has boundary events or a loop marker`, 'Remove them.');
  }
}
