import type { ElementInstance } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { MessageDefinition } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateText } from './evaluate-value.ts';
import { correlationKeyOf } from './open-event.ts';
import { ownVariables } from './own-variables.ts';
import { readVariables } from './read-variables.ts';
import type { Run } from './run.ts';

/** How long a message sent by a process waits for its receiver. */
const TIME_TO_LIVE_MS = 7 * 24 * 3_600_000;

export interface Sender {
  readonly element: ElementInstance;
  /** The place among the messages it sends. */
  readonly index: number;
  /** What goes with it; when absent what the element has of its own, else everything it sees. */
  readonly variables?: VariableMap;
}

/** Publishes a message of the model to whichever instance waits for it; the shell delivers it after the commit. */
export function sendMessage(run: Run, message: MessageDefinition, sender: Sender): void {
  planMessage(run, message, sender)();
}

/** Evaluates what the message says; the answer sends it. */
export function planMessage(run: Run, message: MessageDefinition, { element, index, ...given }: Sender): () => void {
  const scopeKey = element.key;
  const name = evaluateText(run, { expression: message.name, scopeKey, purpose: 'the message name' });
  const correlationKey = correlationKeyOf(run, message, scopeKey);
  return () => {
    emit(run, { kind: 'messageSent', elementId: element.elementId, messageName: name, correlationKey });
    run.effects.push({
      kind: 'publishMessage',
      // One element may throw several messages.
      messageId: index === 0 ? String(element.key) : `${element.key}:${index}`,
      name,
      correlationKey,
      timeToLive: TIME_TO_LIVE_MS,
      variables: given.variables ?? visible(run, element),
    });
  };
}

function visible(run: Run, element: ElementInstance): VariableMap {
  const own = ownVariables(run, element);
  return Object.keys(own).length > 0 ? own : readVariables(run, element.key).toContext();
}
