import { FeelRun } from '../expressions/compiler/feel-run.ts';
import type { EvaluationScope } from '../expressions/expression.ts';
import { toJson } from '../expressions/json-boundary.ts';
import type { JsonValue } from '../json.ts';
import { DecisionEvaluation } from './decision-evaluation.ts';
import type { DecisionModel } from './decision-model.ts';
import type { DecisionTrace } from './decision-trace.ts';

export type DecisionResult =
  | { readonly ok: true; readonly output: JsonValue; readonly trace: DecisionTrace }
  | { readonly ok: false; readonly failure: DecisionFailure };

/** `decisionId` is the decision that failed, perhaps a required one; `trace` is that of the decision asked for. */
export interface DecisionFailure {
  readonly decisionId: string;
  readonly message: string;
  readonly trace: DecisionTrace;
}

/**
 * Evaluates a decision and, before it, every decision it requires, each once (DMN 1.5 §6). A required result is visible
 * under the names of `resultNames` and hides a variable of the same name.
 */
export function evaluateDecision(options: {
  readonly decision: DecisionModel;
  readonly scope: EvaluationScope;
}): DecisionResult {
  const { decision, scope } = options;
  const evaluation = new DecisionEvaluation({ run: new FeelRun(scope), scope, mode: 'engine' });
  const { value, failure, trace } = evaluation.decide(decision);
  if (failure !== null) return { ok: false, failure: { ...failure, trace } };
  return { ok: true, output: toJson(value), trace };
}
