import type { InstructionProblem } from '../../outcome.ts';
import { Refusal } from '../../behaviors/refusal.ts';

/** What is wrong with the instructions of one command: all of it, so that nobody mends them one by one. */
export class ProblemsFound {
  readonly all: InstructionProblem[] = [];

  add(elementId: string, problem: Omit<InstructionProblem, 'elementId'>): void {
    // A loop and its iterations have the same to say.
    if (this.all.some((one) => one.elementId === elementId && one.message === problem.message)) return;
    this.all.push({ elementId, ...problem });
  }

  /** @throws Refusal when there are any */
  refuse(expected: string): void {
    if (this.all.length === 0) return;
    const found = this.all.map(({ message, remedy }) => `${message}. ${remedy}`).join(' ');
    throw new Refusal('INVALID_ARGUMENT', `Expected ${expected}, but ${found}`, this.all);
  }
}
