import type { VariableMap } from '../json.ts';
import type { Key } from '../key.ts';

export interface PublishedMessage {
  readonly key: Key;
  readonly name: string;
  readonly correlationKey: string;
  readonly variables: VariableMap;
  /** Published once per name, key and id while it is remembered; null is never the same as another. */
  readonly messageId: string | null;
  /** Until when it waits for a receiver and its id is remembered; epoch milliseconds. */
  readonly expiresAt: number;
  /** How many commands followed from one another before it was sent; 0 when it comes from outside. */
  readonly depth: number;
}

/** Messages that nobody waits for yet, in the order of their publication, and the ids of those that were delivered. */
export class MessageBuffer {
  #waiting: readonly PublishedMessage[] = [];
  #delivered: readonly PublishedMessage[] = [];

  /** Whether the same message was published before and is still remembered. */
  knows({ name, correlationKey, messageId }: PublishedMessage, now: number): boolean {
    if (messageId === null) return false;
    this.#forget(now);
    return [...this.#waiting, ...this.#delivered].some(
      (one) => one.messageId === messageId && one.name === name && one.correlationKey === correlationKey,
    );
  }

  keep(message: PublishedMessage): void {
    this.#waiting = [...this.#waiting, message];
  }

  waiting(now: number): readonly PublishedMessage[] {
    this.#forget(now);
    return this.#waiting;
  }

  delivered(message: PublishedMessage): void {
    this.#waiting = this.#waiting.filter((one) => one !== message);
    if (message.messageId !== null) this.#delivered = [...this.#delivered, message];
  }

  #forget(now: number): void {
    const lives = ({ expiresAt }: PublishedMessage) => expiresAt > now;
    if (!this.#waiting.every(lives)) this.#waiting = this.#waiting.filter(lives);
    if (!this.#delivered.every(lives)) this.#delivered = this.#delivered.filter(lives);
  }
}
