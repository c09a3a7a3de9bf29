/** A message with this id was published before and is still remembered. It was not published again. */
export class DuplicateMessage extends Error {
  override readonly name = 'DuplicateMessage';
  readonly messageId: string;
  constructor(messageId: string) {
    super(
      `Expected a new message, but one with the id "${messageId}" was published before; it was not published again.`,
    );
    this.messageId = messageId;
  }
}

/** Nobody waits for the message, and it was not to be kept. */
export class NobodyWaits extends Error {
  override readonly name = 'NobodyWaits';
  readonly messageName: string;
  readonly correlationKey: string;
  constructor(messageName: string, correlationKey: string) {
    super(
      `Expected an instance that waits for the message "${messageName}" with the key "${correlationKey}", or a process that ` +
        'it starts, but there is none. Check the name and the key, or publish it with a time to live.',
    );
    this.messageName = messageName;
    this.correlationKey = correlationKey;
  }
}
