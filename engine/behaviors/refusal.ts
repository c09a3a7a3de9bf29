import type { InstructionProblem, RejectionCode } from '../outcome.ts';

/** A command that cannot be accepted. Thrown before the first event and returned by `advance` as a rejection. */
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
