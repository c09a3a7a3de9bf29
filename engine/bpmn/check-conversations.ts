import { keyOf } from './correlation-key.ts';
import { ancestor, messageOfSender, startsProcess, type MessageLink } from './message-links.ts';
import { elementsOf, extensionOf, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** Two processes that no message starts and no call joins never take part in one conversation. */
export function checkConversations(links: readonly MessageLink[], problems: ProblemList): void {
  const byConversation = links.filter((link) => keyOf(messageOfSender(link)) === undefined);
  const together = new Map<ModdleElement, ModdleElement>();
  const rootOf = (process: ModdleElement): ModdleElement => {
    let at = process;
    for (let next = together.get(at); next !== undefined; next = together.get(at)) at = next;
    return at;
  };
  const processOf = (step: ModdleElement) => ancestor(step, 'bpmn:Process') ?? step;
  const join = (a: ModdleElement, b: ModdleElement) => {
    if (rootOf(a) !== rootOf(b)) together.set(rootOf(a), rootOf(b));
  };
  for (const { sender, receiver } of byConversation) {
    if (startsProcess(receiver)) join(processOf(sender), processOf(receiver));
  }
  const processes = [...new Set(byConversation.flatMap((link) => [processOf(link.sender), processOf(link.receiver)]))];
  for (const process of processes) {
    for (const called of processes) if (mayCall(process, called)) join(process, called);
  }
  for (const { flow, sender, receiver } of byConversation) {
    if (rootOf(processOf(sender)) === rootOf(processOf(receiver))) continue;
    problems.add(flow, {
      code: 'no-conversation',
      message: `${titleOf(flow)} has no correlation key, and nothing brings ${titleOf(processOf(sender))} and ${titleOf(processOf(receiver))} into one conversation.`,
      remedy:
        'Give the message a correlation key such as "=caseNumber", or start the one process by a message of the other.',
    });
  }
}

/** A call whose target is computed may call anything. */
function mayCall(container: ModdleElement, called: ModdleElement): boolean {
  return elementsOf(container, 'flowElements').some((element) => {
    const target = textOf(extensionOf(element, 'zeebe:CalledElement'), 'processId') ?? textOf(element, 'calledElement');
    return target === called.id || target?.startsWith('=') === true || mayCall(element, called);
  });
}
