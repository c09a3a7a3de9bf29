import type { InstructionProblem, RejectionCode } from '../outcome.ts';

/**
 * A command that cannot be accepted, returned by `advance` as a rejection. Mostly thrown before the first event; a modification
 * or migration may see later that something cannot open, and what it has written is thrown away with the draft.
 */
export class Refusal {
  readonly code: RejectionCode;
  readonly message: string;
  readonly problems: readonly InstructionProblem[];
  constructor(code: RejectionCode, message: string, problems: readonly InstructionProblem[] = []) {
    this.code = code;
    this.message = message;
    this.problems = problems;
  }
}
