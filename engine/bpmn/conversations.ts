import { keyOf } from './correlation-key.ts';
import { ancestor, messageLinks, messageOfSender, startsProcess, type MessageLink } from './message-links.ts';
import { elementsOf, extensionOf, textOf, type ModdleElement } from './moddle-element.ts';

/**
 * Whether the two processes of a link without a key take part in one conversation: a message starts one of them for the
 * other, a call joins them, or both happens by way of a third (ADR 0009). Where nothing does, as between two processes that
 * people start, a message correlates by its name alone (ADR 0013).
 */
export function converse({ sender, receiver }: MessageLink): boolean {
  const definitions = ancestor(sender, 'bpmn:Definitions');
  const links = definitions === undefined ? [] : messageLinks(definitions);
  const byConversation = links.filter((link) => keyOf(messageOfSender(link)) === undefined);
  const together = new Map<ModdleElement, ModdleElement>();
  const rootOf = (process: ModdleElement): ModdleElement => {
    let at = process;
    for (let next = together.get(at); next !== undefined; next = together.get(at)) at = next;
    return at;
  };
  const join = (a: ModdleElement, b: ModdleElement) => {
    if (rootOf(a) !== rootOf(b)) together.set(rootOf(a), rootOf(b));
  };
  for (const link of byConversation) {
    if (startsProcess(link.receiver)) join(processOf(link.sender), processOf(link.receiver));
  }
  const processes = [...new Set(byConversation.flatMap((link) => [processOf(link.sender), processOf(link.receiver)]))];
  for (const process of processes) {
    for (const called of processes) if (mayCall(process, called)) join(process, called);
  }
  return rootOf(processOf(sender)) === rootOf(processOf(receiver));
}

function processOf(step: ModdleElement): ModdleElement {
  return ancestor(step, 'bpmn:Process') ?? step;
}

/** A call whose target is computed may call anything. */
function mayCall(container: ModdleElement, called: ModdleElement): boolean {
  return elementsOf(container, 'flowElements').some((element) => {
    const target = textOf(extensionOf(element, 'zeebe:CalledElement'), 'processId') ?? textOf(element, 'calledElement');
    return target === called.id || target?.startsWith('=') === true || mayCall(element, called);
  });
}
