import type { FormProblem } from '../forms/invalid-form.ts';

/** The definition of a register cannot be used; every problem found is listed. `path` is a JSON pointer into it. */
export class InvalidRegister extends Error {
  override readonly name = 'InvalidRegister';
  readonly problems: readonly FormProblem[];

  constructor(problems: readonly FormProblem[]) {
    const [first] = problems;
    super(`Invalid register: ${first?.path || '/'}: ${first?.message ?? 'unknown problem'}`);
    this.problems = problems;
  }
}
