/** One thing wrong with a form definition, for its author. `path` is a JSON pointer into the definition. */
export interface FormProblem {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** The definition cannot be used; every problem found is listed, not only the first. */
export class InvalidForm extends Error {
  override readonly name = 'InvalidForm';
  readonly problems: readonly FormProblem[];

  constructor(problems: readonly FormProblem[]) {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    super(`Invalid form: ${first?.path || '/'}: ${first?.message ?? 'unknown problem'}${more}`);
    this.problems = problems;
  }
}

/** Gathers problems while a definition is read, so that the author sees all of them at once. */
export class ProblemList {
  readonly problems: FormProblem[] = [];

  add(path: string, message: string, remedy: string): void {
    this.problems.push({ path, message, remedy });
  }
}
