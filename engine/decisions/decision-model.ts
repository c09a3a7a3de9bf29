import type { Expression } from '../expressions/expression.ts';

export type HitPolicy = 'UNIQUE' | 'ANY' | 'PRIORITY' | 'FIRST' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';
export type Aggregation = 'SUM' | 'COUNT' | 'MIN' | 'MAX';

/** A decision, compiled and frozen. */
export interface DecisionModel {
  readonly decisionId: string;
  readonly name: string;
  /** Id and name of the `<definitions>` it was deployed in: the requirements graph. */
  readonly requirementsId: string;
  readonly requirementsName: string;
  /** Names under which decisions that require this one see its result: its variable (else its name), and its id. */
  readonly resultNames: readonly string[];
  /** Ids of the decisions evaluated before this one. */
  readonly requiredDecisions: readonly string[];
  /** Required inputs and results whose declared type lists allowed values. */
  readonly checkedInputs: readonly CheckedInput[];
  readonly logic: DecisionTable | LiteralExpression;
}

/** A variable that must pass unary tests before the decision is evaluated; a missing one or null passes. */
export interface CheckedInput {
  readonly name: string;
  readonly allowedValues: Expression;
}

export interface LiteralExpression {
  readonly kind: 'literalExpression';
  readonly expression: Expression;
}

export interface DecisionTable {
  readonly kind: 'decisionTable';
  readonly hitPolicy: HitPolicy;
  /** Only with COLLECT. */
  readonly aggregation: Aggregation | null;
  readonly inputs: readonly InputClause[];
  readonly outputs: readonly OutputClause[];
  readonly rules: readonly DecisionRule[];
}

export interface InputClause {
  readonly inputId: string;
  readonly label: string;
  readonly expression: Expression;
  /** Unary tests a value must pass to be admitted; null admits all. A null value is always admitted. */
  readonly allowedValues: Expression | null;
}

export interface OutputClause {
  readonly outputId: string;
  /** Key in the result when there are several outputs. */
  readonly name: string;
  readonly label: string;
  /** The list of output values, highest priority first; for PRIORITY and OUTPUT ORDER. */
  readonly outputValues: Expression | null;
  readonly defaultValue: Expression | null;
}

export interface DecisionRule {
  readonly ruleId: string;
  readonly annotation: string | null;
  readonly inputEntries: readonly Expression[];
  readonly outputEntries: readonly Expression[];
}
