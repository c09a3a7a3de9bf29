import type { EngineCommand } from '../command.ts';
import type { Key } from '../key.ts';
import { MessageBuffer, type PublishedMessage } from './message-buffer.ts';
import type { SimulatedInstances } from './simulated-instances.ts';
import type { ProcessStart, StartSubscriptions } from './start-subscriptions.ts';

/** What became of a message. `processInstanceKey` is the instance that got it or was started by it. */
export type Publication =
  | { readonly outcome: 'correlated' | 'started'; readonly messageKey: Key; readonly processInstanceKey: Key }
  /** Nobody waits yet. */
  | { readonly outcome: 'buffered'; readonly messageKey: Key }
  /** The same id was published before and is still remembered: nothing has happened. */
  | { readonly outcome: 'duplicate' }
  /** Nobody waits, and it was not to be kept. */
  | { readonly outcome: 'lost' };

export interface MessageParts {
  readonly instances: SimulatedInstances;
  readonly starts: StartSubscriptions;
  send(processInstanceKey: Key, command: EngineCommand): void;
  begin(start: ProcessStart, message: Pick<PublishedMessage, 'variables' | 'correlationKey'>): Key;
}

type Receiver =
  | { readonly kind: 'subscription'; readonly processInstanceKey: Key; readonly subscriptionKey: Key }
  | { readonly kind: 'start'; readonly start: ProcessStart };

/** Brings each message to exactly one receiver: the one that waits longest, else a process that it starts. */
export class MessageDelivery {
  readonly #parts: MessageParts;
  readonly #buffer = new MessageBuffer();
  /** The instance started by a message with a key, by process, message and key: at most one at a time. */
  readonly #started = new Map<string, Key>();

  constructor(parts: MessageParts) {
    this.#parts = parts;
  }

  publish(message: PublishedMessage): Publication {
    const { now } = this.#parts.instances;
    // Who has begun to wait takes what was published before.
    for (let next = this.takeNext(); next !== null; next = this.takeNext()) next.deliver();
    if (this.#buffer.knows(message, now)) return { outcome: 'duplicate' };
    const receiver = this.#receiverOf(message);
    if (receiver !== null) return this.#deliver(message, receiver);
    if (message.expiresAt <= now) return { outcome: 'lost' };
    this.#buffer.keep(message);
    return { outcome: 'buffered', messageKey: message.key };
  }

  /** Gives the oldest message that somebody can take by now to its receiver. @returns null when nobody can take any */
  takeNext(): { readonly message: PublishedMessage; deliver(): void } | null {
    for (const message of this.#buffer.waiting(this.#parts.instances.now)) {
      const receiver = this.#receiverOf(message);
      if (receiver !== null) return { message, deliver: () => void this.#deliver(message, receiver) };
    }
    return null;
  }

  #deliver(message: PublishedMessage, receiver: Receiver): Publication {
    const { key: messageKey, variables, correlationKey, name } = message;
    this.#buffer.delivered(message);
    if (receiver.kind === 'subscription') {
      const { processInstanceKey, subscriptionKey } = receiver;
      this.#parts.send(processInstanceKey, { kind: 'correlateMessage', subscriptionKey, messageKey, variables });
      return { outcome: 'correlated', messageKey, processInstanceKey };
    }
    const processInstanceKey = this.#parts.begin(receiver.start, message);
    if (correlationKey !== '') this.#started.set(startOf(receiver.start, { name, correlationKey }), processInstanceKey);
    return { outcome: 'started', messageKey, processInstanceKey };
  }

  #receiverOf(message: PublishedMessage): Receiver | null {
    const { instances, starts } = this.#parts;
    for (const [processInstanceKey, { instance }] of instances.all) {
      if (instance.header.suspendedAt !== null) continue;
      for (const one of instance.subscriptions.values()) {
        if (one.kind !== 'message') continue;
        if (one.messageName !== message.name || one.correlationKey !== message.correlationKey) continue;
        return { kind: 'subscription', processInstanceKey, subscriptionKey: one.key };
      }
    }
    const start = starts.byName('message', message.name).find((one) => this.#isFree(one, message));
    return start === undefined ? null : { kind: 'start', start };
  }

  /** A message without a key starts without limit (Camunda 8). */
  #isFree(start: ProcessStart, message: Pick<PublishedMessage, 'name' | 'correlationKey'>): boolean {
    const holder = message.correlationKey === '' ? undefined : this.#started.get(startOf(start, message));
    return holder === undefined || this.#parts.instances.get(holder)?.instance.header.state !== 'active';
  }
}

function startOf(
  { process }: ProcessStart,
  { name, correlationKey }: Pick<PublishedMessage, 'name' | 'correlationKey'>,
): string {
  return JSON.stringify([process.model.processId, name, correlationKey]);
}
