/** One thing wrong with a DMN file, said so that an analyst can mend it. */
export interface DmnProblem {
  /** Stable code, e.g. `unsupported-element`. */
  readonly code: string;
  readonly elementId: string | null;
  readonly elementName: string | null;
  readonly message: string;
  readonly remedy: string;
}

/** The file cannot be deployed; every problem found is listed. */
export class InvalidDmn extends Error {
  override readonly name = 'InvalidDmn';
  readonly problems: readonly DmnProblem[];
  constructor(problems: readonly DmnProblem[]) {
    super(problems.map(({ message, remedy }) => `${message} ${remedy}`).join('\n'));
    this.problems = problems;
  }
}
