import {
  evaluate,
  evaluateUnaryTests,
  type Evaluation,
  type EvaluationScope,
  type Expression,
} from '../expressions/expression.ts';
import type { JsonValue } from '../json.ts';
import type { DecisionTable, OutputClause } from './decision-model.ts';
import type { DecisionWarning, EvaluatedInput, MatchedRule } from './decision-trace.ts';
import { applyHitPolicy, shape, type Hit } from './hit-policies.ts';

/** What evaluating a table showed, whether or not it came to a result. */
export interface TableEvaluation {
  readonly evaluatedInputs: readonly EvaluatedInput[];
  readonly matchedRules: readonly MatchedRule[];
  readonly warnings: readonly DecisionWarning[];
  readonly result: { readonly ok: true; readonly output: JsonValue } | { readonly ok: false; readonly message: string };
}

/** Ends the evaluation of one table; caught in `evaluateTable`. */
class TableFailure extends Error {}

/**
 * DMN 1.5 §8. Inputs are evaluated once; rules are tried in order, a FIRST table stops at its first hit; only outputs of
 * matching rules are evaluated. No hit: the default output values when some output has one, else null (§8.2.11).
 */
export function evaluateTable(table: DecisionTable, scope: EvaluationScope): TableEvaluation {
  const evaluatedInputs: EvaluatedInput[] = [];
  const matchedRules: MatchedRule[] = [];
  const warnings: DecisionWarning[] = [];

  const read = (expression: Expression, evaluation: Evaluation, where: string): JsonValue => {
    if (!evaluation.ok) {
      throw new TableFailure(`${where}: ${evaluation.failure.message} Expression <${expression.text}>.`);
    }
    for (const warning of evaluation.warnings) warnings.push({ ...warning, expression: expression.text });
    return evaluation.value;
  };

  const evaluateInputs = (): void => {
    for (const { inputId, label, expression, allowedValues } of table.inputs) {
      const inputValue = read(expression, evaluate(expression, scope), `Input <${label}>`);
      evaluatedInputs.push({ inputId, inputName: label, expression: expression.text, inputValue });
      if (allowedValues === null || inputValue === null) continue;
      const admitted = read(allowedValues, evaluateUnaryTests(allowedValues, inputValue, scope), `Input <${label}>`);
      if (admitted !== true) {
        throw new TableFailure(
          `Expected input <${label}> to be one of ${allowedValues.text}, got ${JSON.stringify(inputValue)}.`,
        );
      }
    }
  };

  const findHits = (): Hit[] => {
    const hits: Hit[] = [];
    for (const [index, rule] of table.rules.entries()) {
      const ruleIndex = index + 1;
      const matches = rule.inputEntries.every((entry, column) => {
        const { inputName, inputValue } = evaluatedInputs[column]!;
        return (
          read(entry, evaluateUnaryTests(entry, inputValue, scope), `Rule ${ruleIndex}, input <${inputName}>`) === true
        );
      });
      if (!matches) continue;
      const outputs = rule.outputEntries.map((entry, column) =>
        read(entry, evaluate(entry, scope), `Rule ${ruleIndex}, output <${table.outputs[column]!.label}>`),
      );
      hits.push({ ruleIndex, outputs });
      matchedRules.push({
        ruleId: rule.ruleId,
        ruleIndex,
        annotation: rule.annotation,
        evaluatedOutputs: table.outputs.map(({ outputId, name, label }, column) => ({
          outputId,
          outputName: name === '' ? label : name,
          outputValue: outputs[column]!,
        })),
      });
      if (table.hitPolicy === 'FIRST') break;
    }
    return hits;
  };

  const declaredValues = ({ outputValues, label }: OutputClause): readonly JsonValue[] => {
    if (outputValues === null) return [];
    const values = read(outputValues, evaluate(outputValues, scope), `Output values of <${label}>`);
    return Array.isArray(values) ? (values as readonly JsonValue[]) : [values];
  };

  const defaultOutput = (): JsonValue => {
    if (table.outputs.every((output) => output.defaultValue === null)) return null;
    return shape(
      table,
      table.outputs.map(({ defaultValue, label }) =>
        defaultValue === null ? null : read(defaultValue, evaluate(defaultValue, scope), `Default of <${label}>`),
      ),
    );
  };

  const decide = (): TableEvaluation['result'] => {
    try {
      evaluateInputs();
      const hits = findHits();
      if (hits.length === 0) return { ok: true, output: defaultOutput() };
      const ordered = table.hitPolicy === 'PRIORITY' || table.hitPolicy === 'OUTPUT ORDER';
      return applyHitPolicy(table, hits, ordered ? table.outputs.map(declaredValues) : []);
    } catch (error) {
      if (error instanceof TableFailure) return { ok: false, message: error.message };
      throw error;
    }
  };

  const result = decide();
  return { evaluatedInputs, matchedRules, warnings, result };
}
