import { TimeError } from './time-error.ts';

export type TimeTextKind = 'duration' | 'instant' | 'cycle' | 'cron' | 'workingDuration' | 'legalTerm';

export interface TimeTextProblem {
  readonly kind: TimeTextKind;
  readonly text: string;
  /** Zero-based index of the first character that cannot stand. */
  readonly position: number;
  /** What would be right there, as the end of "Expected …". */
  readonly expected: string;
}

/** A duration, date, cycle or cron text that cannot be read: names the text, the place and the remedy. */
export class TimeTextError extends TimeError {
  readonly code = 'badTimeText';
  readonly problem: TimeTextProblem;

  constructor(problem: TimeTextProblem) {
    super(`Expected ${problem.expected} at character ${problem.position + 1} of ${problem.kind} "${problem.text}".`);
    this.problem = problem;
  }

  get params(): Readonly<Record<string, string | number>> {
    return { ...this.problem };
  }

  /** The same problem seen from a longer text that contains this one at `offset`. */
  within(outer: { readonly kind: TimeTextKind; readonly text: string; readonly offset: number }): TimeTextError {
    const { expected, position } = this.problem;
    return new TimeTextError({ kind: outer.kind, text: outer.text, position: position + outer.offset, expected });
  }
}
