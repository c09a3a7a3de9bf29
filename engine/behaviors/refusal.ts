import type { RejectionCode } from '../outcome.ts';

/** A command that cannot be accepted. Thrown before the first event and returned by `advance` as a rejection. */
export class Refusal {
  readonly code: RejectionCode;
  readonly message: string;
  constructor(code: RejectionCode, message: string) {
    this.code = code;
    this.message = message;
  }
}
