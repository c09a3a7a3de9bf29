import type { LintFinding } from '#engine';

/** One thing wrong with a file of a deployment, said so that its author can mend it. */
export interface DeploymentProblem {
  /** Name of the file as sent. */
  readonly resource: string;
  /** Stable code, e.g. `unknown-form`. */
  readonly code: string;
  readonly elementId: string | null;
  readonly elementName: string | null;
  /** 1-based line when known. */
  readonly line: number | null;
  /** JSON pointer into a JSON file, when the problem has a place there. */
  readonly path: string | null;
  readonly message: string;
  readonly remedy: string;
  /** The same in Russian, where somebody has put it so. */
  readonly russian: { readonly message: string; readonly remedy: string } | null;
}

/** The deployment was refused as a whole; every problem of every file is listed and nothing was stored. */
export class InvalidDeployment extends Error {
  override readonly name = 'InvalidDeployment';
  readonly problems: readonly DeploymentProblem[];
  constructor(problems: readonly DeploymentProblem[]) {
    super(problems.map(({ resource, message, remedy }) => `${resource}: ${message} ${remedy}`).join('\n'));
    this.problems = problems;
  }
}

export function problemIn(
  resource: string,
  problem: Pick<DeploymentProblem, 'code' | 'message' | 'remedy'> & Partial<DeploymentProblem>,
): DeploymentProblem {
  return { elementId: null, elementName: null, line: null, path: null, russian: null, ...problem, resource };
}

/** What lint found, as a reason to refuse; the way to it stands behind the message. */
export function problemFound(resource: string, finding: LintFinding): DeploymentProblem {
  const { code, elementId, elementName, line, message, remedy, path } = finding;
  const way = path.map((step) => step.elementName).join(' → ');
  return problemIn(resource, {
    code,
    elementId,
    elementName,
    line,
    message: way === '' ? message.en : `${message.en} Path: ${way}.`,
    remedy: remedy.en,
    russian: { message: way === '' ? message.ru : `${message.ru} Путь: ${way}.`, remedy: remedy.ru },
  });
}
