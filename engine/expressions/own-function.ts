import type { EvaluationScope } from './expression.ts';

/**
 * A FEEL function that we add. Arguments are FEEL values (`values/feel-value.ts`), `undefined` when left out. It returns
 * such a value, or throws FeelRefusal.
 */
export interface OwnFunction {
  readonly name: string;
  /**
   * As for `define` (`builtins/define.ts`). Its types are what editors show; the function checks its arguments itself, because it
   * takes more than one kind (a moment or its ISO text) and says better what it expected.
   */
  readonly signature: string;
  /** `spend` charges the fuel of the evaluation, 10–50 ns of work each. */
  call(args: readonly unknown[], scope: EvaluationScope, spend: (work: number) => void): unknown;
}

/** Ends the evaluation with `ok: false`; for arguments from which no sound value follows. The message says what to do. */
export class FeelRefusal extends Error {
  override readonly name = 'FeelRefusal';
}
