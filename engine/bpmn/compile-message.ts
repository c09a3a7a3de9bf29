import type { MessageDefinition } from '../model/process-model.ts';
import { converse } from './conversations.ts';
import { awaitedKeyOf, keyOf } from './correlation-key.ts';
import {
  ancestor,
  conversationNameOf,
  linksOf,
  messageOfFlowsAt,
  messageOfSender,
  messageRefOf,
  startsProcess,
  type MessageLink,
} from './message-links.ts';
import { elementOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

export interface MessageOptions {
  /** A catch event waits for one of its own (`zeebe:subscription`); a process start and a throw do not. */
  readonly keyed: boolean;
  readonly problems: ProblemList;
}

/**
 * The message of a step: what the step names, else what its message flow or the step at the other end names, else one under
 * the id of the step. Without a key and a conversation a wait correlates by name alone: the longest waiting instance gets it
 * (ADR 0013).
 */
export function compileMessage(
  element: ModdleElement,
  messageRef: ModdleElement | undefined,
  { keyed, problems }: MessageOptions,
): MessageDefinition {
  const [link] = linksOf(element);
  const message = messageRef ?? (link === undefined ? messageOfFlowsAt(element) : messageAlong(link));
  const name = textOf(message, 'name');
  if (link !== undefined && keyOf(messageOfSender(link)) === undefined && converse(link)) {
    return conversationMessage(element, { link, name, problems });
  }
  const taken = name ?? message?.id ?? (link === undefined ? element.id : conversationNameOf(link)) ?? '';
  if (name === undefined) problems.assume(element, 'message-name', taken);
  const key = keyed ? awaitedKeyOf(message, ancestor(element, 'bpmn:Process')) : keyOf(message);
  if (keyed && key === undefined) problems.assume(element, 'no-correlation-key', taken);
  const correlationKey = problems.optionalExpression(element, 'correlation key', key);
  return {
    name: problems.expression(element, 'message name', taken),
    ...(correlationKey === undefined ? {} : { correlationKey }),
  };
}

/**
 * A message flow without a correlation key (ADR 0009): the name says which process receives it and no other, the key is
 * the conversation.
 */
function conversationMessage(
  element: ModdleElement,
  {
    link,
    name,
    problems,
  }: { readonly link: MessageLink; readonly name: string | undefined; readonly problems: ProblemList },
): MessageDefinition {
  const isStart = link.receiver === element && startsProcess(element);
  return {
    name: problems.expression(element, 'message name', conversationNameOf(link)),
    byConversation: true,
    ...(isStart && name !== undefined ? { publicName: problems.expression(element, 'message name', name) } : {}),
  };
}

function messageAlong({ flow, sender, receiver }: MessageLink): ModdleElement | undefined {
  return elementOf(flow, 'messageRef') ?? messageRefOf(sender) ?? messageRefOf(receiver);
}
