import { evaluate, evaluateUnaryTests, type EvaluationScope, type VariableReader } from '../expressions/expression.ts';
import type { JsonValue } from '../json.ts';
import type { DecisionModel, LiteralExpression } from './decision-model.ts';
import { evaluateTable, type TableEvaluation } from './decision-table.ts';
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
 * under the names of `resultNames` and hides a variable of the same name. `library` holds the requirements graph by id;
 * a decision missing from it fails the evaluation.
 */
export function evaluateDecision(options: {
  readonly decision: DecisionModel;
  readonly library: ReadonlyMap<string, DecisionModel>;
  readonly scope: EvaluationScope;
}): DecisionResult {
  const { library, scope } = options;
  const done = new Map<string, DecisionResult>();

  const decide = (decision: DecisionModel): DecisionResult => {
    const known = done.get(decision.decisionId);
    if (known !== undefined) return known;
    const result = evaluateWithRequired(decision);
    done.set(decision.decisionId, result);
    return result;
  };

  const evaluateWithRequired = (decision: DecisionModel): DecisionResult => {
    const results = new Map<string, JsonValue>();
    const requiredDecisions: DecisionTrace[] = [];
    for (const id of decision.requiredDecisions) {
      const required = library.get(id);
      if (required === undefined) {
        return fail(decision, requiredDecisions, `Expected the required decision <${id}> to be deployed with it.`);
      }
      const result = decide(required);
      if (!result.ok) {
        const { decisionId, message, trace } = result.failure;
        return fail(decision, [...requiredDecisions, trace], message, decisionId);
      }
      requiredDecisions.push(result.trace);
      for (const name of required.resultNames) results.set(name, result.output);
    }
    return evaluateLogic(decision, { ...scope, variables: overlay(results, scope.variables) }, requiredDecisions);
  };

  return decide(options.decision);
}

function evaluateLogic(
  decision: DecisionModel,
  scope: EvaluationScope,
  requiredDecisions: readonly DecisionTrace[],
): DecisionResult {
  const { logic } = decision;
  const refusal = refuseInputs(decision, scope);
  if (refusal !== undefined) return fail(decision, requiredDecisions, failureText(decision, refusal));
  const { evaluatedInputs, matchedRules, warnings, result } =
    logic.kind === 'decisionTable' ? evaluateTable(logic, scope) : evaluateLiteral(logic, scope);
  const trace: DecisionTrace = {
    ...emptyTrace(decision, requiredDecisions),
    evaluatedInputs,
    matchedRules,
    output: result.ok ? result.output : null,
    warnings,
  };
  if (result.ok) return { ok: true, output: result.output, trace };
  return {
    ok: false,
    failure: { decisionId: decision.decisionId, message: failureText(decision, result.message), trace },
  };
}

/** The message for the first input outside the allowed values of its type (DMN 1.5 §7.3.2). */
function refuseInputs(decision: DecisionModel, scope: EvaluationScope): string | undefined {
  for (const { name, allowedValues } of decision.checkedInputs) {
    const value = scope.variables.get(name);
    if (value === undefined || value === null) continue;
    const evaluation = evaluateUnaryTests(allowedValues, value, scope);
    if (evaluation.ok && evaluation.value === true) continue;
    return `Expected <${name}> to be one of ${allowedValues.text}, got ${JSON.stringify(value)}.`;
  }
  return undefined;
}

function evaluateLiteral({ expression }: LiteralExpression, scope: EvaluationScope): TableEvaluation {
  const evaluation = evaluate(expression, scope);
  const warnings = evaluation.ok ? evaluation.warnings : evaluation.failure.warnings;
  return {
    evaluatedInputs: [],
    matchedRules: [],
    warnings: warnings.map((warning) => ({ ...warning, expression: expression.text })),
    result: evaluation.ok
      ? { ok: true, output: evaluation.value }
      : { ok: false, message: `${evaluation.failure.message} Expression <${expression.text}>.` },
  };
}

function fail(
  decision: DecisionModel,
  requiredDecisions: readonly DecisionTrace[],
  message: string,
  decisionId = decision.decisionId,
): DecisionResult {
  return { ok: false, failure: { decisionId, message, trace: emptyTrace(decision, requiredDecisions) } };
}

function emptyTrace(decision: DecisionModel, requiredDecisions: readonly DecisionTrace[]): DecisionTrace {
  return {
    decisionId: decision.decisionId,
    decisionName: decision.name,
    decisionType: decision.logic.kind,
    hitPolicy: decision.logic.kind === 'decisionTable' ? decision.logic.hitPolicy : null,
    evaluatedInputs: [],
    matchedRules: [],
    output: null,
    warnings: [],
    requiredDecisions,
  };
}

function failureText(decision: DecisionModel, message: string): string {
  return `Decision <${decision.decisionId}> «${decision.name}»: ${message}`;
}

function overlay(results: ReadonlyMap<string, JsonValue>, below: VariableReader): VariableReader {
  if (results.size === 0) return below;
  return {
    get: (name) => (results.has(name) ? results.get(name) : below.get(name)),
    toContext: () => ({ ...below.toContext(), ...Object.fromEntries(results) }),
  };
}
