import type { IncidentRetry, IncidentType } from '../instance.ts';

/**
 * A step cannot go on until an operator mends something: it becomes an incident on the element. Thrown, because a
 * failing expression may lie many calls deep; caught by the step that runs the element, so it never leaves `advance`.
 */
export class Stuck {
  readonly type: IncidentType;
  readonly message: string;
  readonly retry: IncidentRetry | null;

  /** `retry` null: try the same step again. */
  constructor(type: IncidentType, message: string, retry: IncidentRetry | null = null) {
    this.type = type;
    this.message = message;
    this.retry = retry;
  }
}
