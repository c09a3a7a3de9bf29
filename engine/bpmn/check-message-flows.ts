import {
  conversationNameOf,
  endOf,
  messageLinks,
  messageOfSender,
  messageRefOf,
  receives,
  sends,
  startsProcess,
  type FlowEnd,
  type MessageLink,
} from './message-links.ts';
import { keyOf } from './correlation-key.ts';
import { elementOf, elementsOf, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/**
 * Message flows between executable processes deliver (BPMN 2.0.2 §9.4) where they lead from a step that sends to a step that
 * receives, and both must mean the same message. The others are legal to draw between activities and pools (§7.6.2) and
 * carry nothing; lint shows them. A flow from or to a black box is a picture.
 */
export function checkMessageFlows(definitions: ModdleElement, problems: ProblemList): void {
  const links = messageLinks(definitions);
  for (const collaboration of elementsOf(definitions, 'rootElements')) {
    if (collaboration.$type !== 'bpmn:Collaboration') continue;
    for (const flow of elementsOf(collaboration, 'messageFlows')) {
      for (const end of [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')]) {
        if (end === undefined || TALKS.test(end.$type)) continue;
        const says = `touches ${titleOf(end)}, which neither sends nor receives`;
        refuse(flow, problems, [says, 'Lead it to the pool, an activity or an event.']);
      }
      const source = endOf(elementOf(flow, 'sourceRef'));
      const target = endOf(elementOf(flow, 'targetRef'));
      if (source === null || target === null) continue;
      const own = links.filter((link) => link.flow === flow);
      if (refuseEnds(flow, { source, target }, problems)) continue;
      if (own.length === 0) problems.assume(flow, 'not-executed', 'messageFlow');
      for (const link of own) checkLink(link, problems);
    }
  }
  checkSteps(links, problems);
}

interface Ends {
  readonly source: FlowEnd;
  readonly target: FlowEnd;
}

function refuse(flow: ModdleElement, problems: ProblemList, [says, remedy]: readonly [string, string]): void {
  problems.add(flow, { code: 'misplaced-message-flow', message: `${titleOf(flow)} ${says}.`, remedy });
}

/** An event at an end of a message flow throws or catches a message; gateways and the same pool never take part. */
function refuseEnds(flow: ModdleElement, { source, target }: Ends, problems: ProblemList): boolean {
  const before = problems.problems.length;
  if (source.process === target.process) {
    refuse(flow, problems, ['stays within one process', 'Draw a sequence flow, or lead it to another pool.']);
  }
  if (source.step !== undefined && !isActivity(source.step) && !sends(source.step)) {
    const says = `leaves ${titleOf(source.step)}, which sends no message or several`;
    refuse(flow, problems, [says, 'Begin it at a send task, or at an event that throws one message.']);
  }
  if (target.step !== undefined && !isActivity(target.step) && !receives(target.step)) {
    const says = `leads to ${titleOf(target.step)}, which receives no message or several`;
    refuse(flow, problems, [says, 'Lead it to a receive task, or to an event that catches one message.']);
  }
  return problems.problems.length > before;
}

/** What a message flow may connect (§7.6.2). */
const TALKS = /(Participant|Event|Task|SubProcess|Transaction|CallActivity|Conversation)$/;

const isActivity = ({ $type }: ModdleElement): boolean => /(Task|SubProcess|Transaction|CallActivity)$/.test($type);

function checkLink(link: MessageLink, problems: ProblemList): void {
  const { flow, sender, receiver } = link;
  const named = [messageRefOf(sender), elementOf(flow, 'messageRef'), messageRefOf(receiver)];
  const names = new Set(named.map((message) => textOf(message, 'name')).filter((name) => name !== undefined));
  if (names.size > 1) {
    const list = [...names].map((name) => `"${name}"`).join(' and ');
    problems.add(flow, {
      code: 'contradicting-message',
      message: `${titleOf(flow)} joins ${titleOf(sender)} and ${titleOf(receiver)}, which mean different messages: ${list}.`,
      remedy: 'Choose one message for both ends and for the flow.',
    });
  }
  const receiverKey = keyOf(messageRefOf(receiver) ?? messageOfSender(link));
  if (!startsProcess(receiver) && (receiverKey === undefined) !== (keyOf(messageOfSender(link)) === undefined)) {
    problems.add(flow, {
      code: 'contradicting-message',
      message: `${titleOf(flow)} joins ${titleOf(sender)} and ${titleOf(receiver)}, of which only one gives a correlation key.`,
      remedy: 'Give both a correlation key, or none: without one they correlate by their conversation, or by name.',
    });
  }
}

/** One step sends to one receiver; a step may receive from several, in one way. */
function checkSteps(links: readonly MessageLink[], problems: ProblemList): void {
  for (const sender of new Set(links.map((link) => link.sender))) {
    const own = links.filter((link) => link.sender === sender);
    const names = new Set(own.filter((link) => keyOf(messageOfSender(link)) === undefined).map(conversationNameOf));
    if (names.size < 2) continue;
    problems.add(sender, {
      code: 'misplaced-message-flow',
      message: `${titleOf(sender)} sends to ${names.size} receivers, but a message reaches one.`,
      remedy: 'Draw a step for each receiver, or throw a signal.',
    });
  }
  for (const receiver of new Set(links.map((link) => link.receiver))) {
    const own = links.filter((link) => link.receiver === receiver);
    const messages = own.map(messageOfSender);
    const names = new Set(messages.map((message) => textOf(message, 'name')));
    const keyed = new Set(messages.map((message) => keyOf(message) !== undefined));
    if (names.size < 2 && keyed.size < 2) continue;
    problems.add(receiver, {
      code: 'contradicting-message',
      message: `${titleOf(receiver)} receives different messages along its message flows.`,
      remedy: 'Choose one message for all of them, or draw a receiver for each.',
    });
  }
}
