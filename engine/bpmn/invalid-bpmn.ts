/** One thing wrong with a BPMN file, said so that an analyst can mend it. */
export interface BpmnProblem {
  /** Stable code, e.g. `unsupported-element`. */
  readonly code: string;
  readonly elementId: string | null;
  readonly elementName: string | null;
  /** 1-based line in the file when known. */
  readonly line: number | null;
  readonly message: string;
  readonly remedy: string;
}

/** The file cannot be deployed; every problem found is listed. */
export class InvalidBpmn extends Error {
  override readonly name = 'InvalidBpmn';
  readonly problems: readonly BpmnProblem[];
  constructor(problems: readonly BpmnProblem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.problems = problems;
  }
}
