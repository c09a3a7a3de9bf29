import { definitionsOf } from '../model/definitions-of.ts';
import type { EventDefinition } from '../model/event-definition.ts';
import { isActivity, type EventStart, type FlowNode, type ScopeModel } from '../model/process-model.ts';
import { elementsOf, flagOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** Where the tokens of a process or sub-process begin (BPMN 2.0.2 §10.5.2, §13.2), and what may begin inside it. */
export function compileStarts(scope: ModdleElement, own: readonly FlowNode[], problems: ProblemList): ScopeModel {
  if (elementsOf(scope, 'flowElements').length === 0) problems.missing(scope, 'elements', 'Draw at least one step.');
  const isEventSubProcess = flagOf(scope, 'triggeredByEvent') === true;
  const starts = own.filter((node) => node.type === 'startEvent');
  const none = isEventSubProcess ? [] : starts.filter((start) => start.event.kind === 'none');
  const eventStarts = scope.$type === 'bpmn:Process' ? eventStartsOf(own) : [];
  if (none.length > 1) {
    problems.add(scope, {
      code: 'several-none-starts',
      message: `${titleOf(scope)} has ${none.length} none start events.`,
      remedy: 'Keep one; give the others a message or a timer.',
    });
  }
  if (isEventSubProcess && starts.length !== 1) {
    problems.missing(scope, 'single start event', 'Give an event sub-process exactly one start event.');
  }
  const startsByItself = starts.length > 0 || eventStarts.length > 0;
  return {
    id: scope.id ?? '',
    ...(none[0] === undefined ? {} : { noneStartId: none[0].id }),
    eventStarts,
    links: linksOf(own, problems),
    eventSubProcessIds: own.filter(({ type }) => type === 'eventSubProcess').map(({ id }) => id),
    implicitStartIds: startsByItself ? [] : own.filter(startsWithoutFlow).map(({ id }) => id),
  };
}

/** A node that gets a token when its scope has no start event: it has no way in, and nothing else that starts it. */
export function startsWithoutFlow(node: FlowNode): boolean {
  if (node.incoming.length > 0) return false;
  if (node.type === 'intermediateCatchEvent' && node.event.kind === 'link') return false;
  if (isActivity(node) && node.isForCompensation === true) return false;
  return !['startEvent', 'boundaryEvent', 'eventSubProcess'].includes(node.type);
}

function eventStartsOf(own: readonly FlowNode[]): readonly EventStart[] {
  const starts: EventStart[] = [];
  const add = (elementId: string, event: EventDefinition) =>
    definitionsOf(event).forEach((definition, definitionIndex) => {
      const { kind } = definition;
      if (kind === 'timer' || kind === 'message' || kind === 'signal' || kind === 'conditional') {
        starts.push({ elementId, event: definition, definitionIndex });
      }
      if (kind === 'message' && definition.message.publicName !== undefined) {
        const message = { name: definition.message.publicName };
        starts.push({ elementId, event: { kind, message }, definitionIndex });
      }
    });
  for (const node of own) {
    if (node.type === 'startEvent') add(node.id, node.event);
    else if (node.type === 'receiveTask' && node.instantiate) add(node.id, { kind: 'message', message: node.message });
    else if (node.type === 'eventBasedGateway' && node.instantiate) {
      for (const target of behind(node, own)) {
        if (target.type === 'receiveTask') add(target.id, { kind: 'message', message: target.message });
        else if (target.type === 'intermediateCatchEvent') add(target.id, target.event);
      }
    }
  }
  return starts;
}

function behind(gateway: FlowNode, own: readonly FlowNode[]): readonly FlowNode[] {
  return own.filter(({ incoming }) => incoming.some((flowId) => gateway.outgoing.includes(flowId)));
}

/** Many throws, one catch, all in one scope (§10.5.5). */
function linksOf(own: readonly FlowNode[], problems: ProblemList): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  const refuse = (node: FlowNode, message: string, remedy: string) =>
    problems.add(
      { $type: `bpmn:${node.type}`, id: node.id, name: node.name },
      { code: 'broken-link', message, remedy },
    );
  for (const node of own) {
    if (node.type !== 'intermediateCatchEvent' || node.event.kind !== 'link') continue;
    const { linkName } = node.event;
    if (links.has(linkName)) {
      refuse(node, `Several catch events of this scope have the link name "${linkName}".`, 'Keep one of them.');
    }
    links.set(linkName, node.id);
  }
  const thrown = new Set<string>();
  for (const node of own) {
    if (node.type !== 'intermediateThrowEvent' || node.event.kind !== 'link') continue;
    const { linkName } = node.event;
    thrown.add(linkName);
    if (!links.has(linkName)) {
      const message = `The link "${linkName}" of "${node.name || node.id}" leads nowhere in its scope.`;
      refuse(node, message, 'Draw a catch event with the same link name beside it.');
    }
    if (node.outgoing.length > 0)
      refuse(node, `"${node.name || node.id}" jumps, so it has no flow out.`, 'Remove the flow.');
  }
  for (const node of own) {
    if (node.type !== 'intermediateCatchEvent' || node.event.kind !== 'link') continue;
    if (!thrown.has(node.event.linkName)) {
      const message = `Nothing in this scope throws the link "${node.event.linkName}" of "${node.name || node.id}".`;
      refuse(node, message, 'Draw a throw event with the same link name beside it.');
    }
    if (node.incoming.length > 0)
      refuse(node, `"${node.name || node.id}" is reached by its link, not by a flow.`, 'Remove the flow.');
  }
  return links;
}
