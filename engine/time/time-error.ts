/**
 * The base of everything `engine/time` throws. `code` and `params` are for translation (a person reads Russian first,
 * the interface holds the sentences); `message` is the English text for logs and problem details and always says what to do.
 */
export abstract class TimeError extends Error {
  abstract readonly code: string;
  abstract readonly params: Readonly<Record<string, string | number>>;
  override get name(): string {
    return this.constructor.name;
  }
}
