import type { EvaluationScope } from './expression.ts';
import type { WorkBudget } from './work-budget.ts';

/** What a function of ours may use besides its arguments. */
export interface CallScope extends EvaluationScope {
  readonly budget: WorkBudget;
}

/**
 * A FEEL function that we add or that replaces one of feelin's. Arguments are FEEL values: JSON, temporal values of
 * `feelin.ts`, `null` or `undefined` when missing. It returns such a value, or throws FeelRefusal.
 */
export interface OwnFunction {
  readonly name: string;
  /** Parameter names, in order, for calls with named arguments. */
  readonly parameters: readonly string[];
  call(args: readonly unknown[], scope: CallScope): unknown;
}

/** Ends the evaluation with `ok: false`; for arguments from which no sound value follows. The message says what to do. */
export class FeelRefusal extends Error {
  override readonly name = 'FeelRefusal';
}
