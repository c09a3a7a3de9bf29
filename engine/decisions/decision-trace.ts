import type { FeelWarning } from '../expressions/expression.ts';
import type { JsonValue } from '../json.ts';

/** How a decision came to its result: plain JSON, kept in history and shown on the case page. Names follow Camunda 8. */
export interface DecisionTrace {
  readonly decisionId: string;
  readonly decisionName: string;
  readonly decisionType: 'decisionTable' | 'literalExpression';
  readonly hitPolicy: string | null;
  readonly evaluatedInputs: readonly EvaluatedInput[];
  readonly matchedRules: readonly MatchedRule[];
  /** Null when the evaluation failed. */
  readonly output: JsonValue;
  /** Why it has no result: its own failure, or that of a decision it requires. */
  readonly failure: string | null;
  readonly warnings: readonly DecisionWarning[];
  /** Traces of the decisions this one required, in the order of its requirements. */
  readonly requiredDecisions: readonly DecisionTrace[];
  /** How many inputs, rules, warnings and decisions a kept trace leaves out; absent when none. */
  readonly cut?: number;
}

export interface EvaluatedInput {
  readonly inputId: string;
  /** The column's label, else its expression. */
  readonly inputName: string;
  readonly expression: string;
  readonly inputValue: JsonValue;
}

export interface MatchedRule {
  readonly ruleId: string;
  /** 1-based place in the table. */
  readonly ruleIndex: number;
  /** What the author wrote beside the rule: annotations, else its description; null when nothing. */
  readonly annotation: string | null;
  readonly evaluatedOutputs: readonly EvaluatedOutput[];
}

export interface EvaluatedOutput {
  readonly outputId: string;
  readonly outputName: string;
  readonly outputValue: JsonValue;
}

/** A warning of one expression of the decision, with the expression it belongs to. */
export interface DecisionWarning extends FeelWarning {
  readonly expression: string;
}
