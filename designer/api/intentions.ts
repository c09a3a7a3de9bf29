/**
 * One idempotency key per intention of a person. The same action with the same content keeps its key through double
 * clicks and retries, so the server does it once; when it has succeeded or was refused, the next click is a new
 * intention. Content is part of the identity because a server must answer a reused key with other content by an error.
 */
export interface Intentions {
  /** @param action what is done to what, e.g. `complete:2251799813685249` */
  keyFor(action: string, content?: unknown): string;
  /** The server has spoken: forget the key. Not called when it was never reached. */
  settle(action: string, content?: unknown): void;
}

export function createIntentions(newKey: () => string = randomKey): Intentions {
  const keys = new Map<string, string>();
  const identity = (action: string, content: unknown): string => `${action}\n${JSON.stringify(content) ?? ''}`;
  return {
    keyFor(action, content) {
      const id = identity(action, content);
      const key = keys.get(id) ?? newKey();
      keys.set(id, key);
      return key;
    },
    settle: (action, content) => void keys.delete(identity(action, content)),
  };
}

/** `crypto.randomUUID` exists on https and localhost only; a pilot often starts on plain http inside the company. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
