/** What a person reads, Russian first. */
export interface LintTexts {
  readonly ru: string;
  readonly en: string;
}

/** An error refuses the deployment; a warning is shown. */
export type LintSeverity = 'error' | 'warning';

/** One element that the token passes on the way to what is wrong; a named flow where a gateway chooses. */
export interface PathStep {
  readonly elementId: string;
  /** The id where the element has no name. */
  readonly elementName: string;
}

/** One thing to mend in a model: where, what, and how. */
export interface LintFinding {
  /** Name of the rule; its page is `engine/lint/rules/<rule>.md`. */
  readonly rule: string;
  /** Stable code; that of the rule, except where one rule finds several kinds. */
  readonly code: string;
  readonly severity: LintSeverity;
  readonly processId: string | null;
  readonly elementId: string | null;
  readonly elementName: string | null;
  /** 1-based line in the file when known. */
  readonly line: number | null;
  readonly message: LintTexts;
  readonly remedy: LintTexts;
  /** How the model gets there, element by element; empty for what has no way. */
  readonly path: readonly PathStep[];
}
