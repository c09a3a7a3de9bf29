import { checkConversations } from './check-conversations.ts';
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
import { elementOf, elementsOf, extensionOf, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/**
 * Message flows between executable processes deliver (BPMN 2.0.2 §9.4), so each must lead from a step that sends to a step
 * that receives, and both must mean the same message. A flow from or to a black box is a picture.
 */
export function checkMessageFlows(definitions: ModdleElement, problems: ProblemList): void {
  const links = messageLinks(definitions);
  for (const collaboration of elementsOf(definitions, 'rootElements')) {
    if (collaboration.$type !== 'bpmn:Collaboration') continue;
    for (const flow of elementsOf(collaboration, 'messageFlows')) {
      const source = endOf(elementOf(flow, 'sourceRef'));
      const target = endOf(elementOf(flow, 'targetRef'));
      if (source === null || target === null) continue;
      checkEnds(flow, { source, target }, problems);
      const own = links.filter((link) => link.flow === flow);
      if (own.length === 0 && source.process !== target.process) refuseNobody(flow, { source, target }, problems);
      for (const link of own) checkLink(link, problems);
    }
  }
  const sound = links.filter(({ sender, receiver }) => sends(sender) && receives(receiver));
  checkSteps(sound, problems);
  checkConversations(sound, problems);
}

interface Ends {
  readonly source: FlowEnd;
  readonly target: FlowEnd;
}

function refuse(flow: ModdleElement, problems: ProblemList, [says, remedy]: readonly [string, string]): void {
  problems.add(flow, { code: 'misplaced-message-flow', message: `${titleOf(flow)} ${says}.`, remedy });
}

function checkEnds(flow: ModdleElement, { source, target }: Ends, problems: ProblemList): void {
  if (source.process === target.process) {
    refuse(flow, problems, ['stays within one process', 'Draw a sequence flow, or lead it to another pool.']);
  }
  if (source.step === undefined && target.step === undefined) {
    refuse(flow, problems, ['joins two pools and no step', 'Connect the step that sends with the step that receives.']);
  }
  if (source.step !== undefined && !sends(source.step)) {
    const says = `leaves ${titleOf(source.step)}, which sends no message or several`;
    refuse(flow, problems, [says, 'Begin it at a send task, or at an event that throws one message.']);
  }
  if (source.step !== undefined && extensionOf(source.step, 'zeebe:TaskDefinition') !== undefined) {
    const says = `leaves ${titleOf(source.step)}, whose message a job worker sends`;
    refuse(flow, problems, [says, 'Take away the job type, or the message flow.']);
  }
  if (target.step !== undefined && !receives(target.step)) {
    const says = `leads to ${titleOf(target.step)}, which receives no message or several`;
    refuse(flow, problems, [says, 'Lead it to a receive task, or to an event that catches one message.']);
  }
}

/** A pool in which no step sends or receives the message. */
function refuseNobody(flow: ModdleElement, { source, target }: Ends, problems: ProblemList): void {
  if (source.step === undefined && target.step === undefined) return;
  const pool = source.step === undefined ? source.process : target.process;
  const says = `ends at the pool of ${titleOf(pool)}, in which no step has its message`;
  refuse(flow, problems, [says, 'Connect it to the step itself.']);
}

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
      remedy: 'Give both a correlation key, or none: without one they correlate by their conversation.',
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
