import type { EvaluationScope } from './expression.ts';

/**
 * A FEEL function that we add. Arguments are FEEL values (`values/feel-value.ts`), `undefined` when left out. It returns
 * such a value, or throws FeelRefusal.
 */
export interface OwnFunction {
  readonly name: string;
  /** Parameter names, in order, for calls with named arguments. */
  readonly parameters: readonly string[];
  call(args: readonly unknown[], scope: EvaluationScope): unknown;
}

/** Ends the evaluation with `ok: false`; for arguments from which no sound value follows. The message says what to do. */
export class FeelRefusal extends Error {
  override readonly name = 'FeelRefusal';
}
