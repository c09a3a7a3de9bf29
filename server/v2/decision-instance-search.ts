import { Type } from '@sinclair/typebox';
import type { DecisionTrace, Key } from '#engine';
import { decodeRows } from '../database/write-rows.ts';
import { decisionInstanceTable } from '../runtime/decision-rows.ts';
import type { Condition } from '../user-tasks/task-visibility.ts';
import { TENANT, ofInstance, tenantField, type SearchSpec } from './search/search-spec.ts';
import { storedKey, wireDate, wireKey } from './wire-key.ts';
import { WireKey } from './wire-schema.ts';

const TYPES: Readonly<Record<string, string>> = {
  decisionTable: 'DECISION_TABLE',
  literalExpression: 'LITERAL_EXPRESSION',
};

/** Three digits for the place: a kept trace has at most 100 decisions. */
const PLACE_DIGITS = 3;

/** Camunda writes `<evaluation>-<place>`; its client of 8.8.4 takes digits only. */
export function decisionInstanceKey(evaluationKey: Key, place: number): string {
  return `${evaluationKey}${String(place).padStart(PLACE_DIGITS, '0')}`;
}

/** The row with this key; a key that is none of ours finds nothing. */
export function hasDecisionInstanceKey(key: string): Condition {
  const sql = 'i.decision_evaluation_key = ? AND i.place = ?';
  return { sql, parameters: [storedKey(key.slice(0, -PLACE_DIGITS)), Number(key.slice(-PLACE_DIGITS))] };
}

/** Definitions are those of the file that the decision asked for came from. */
const FROM = `decision_instance i
  LEFT JOIN definition asked ON asked.definition_key = i.asked_definition_key
  LEFT JOIN definition d ON d.kind = 'decision' AND d.resource_key = asked.resource_key AND d.definition_id = i.decision_id`;

export const decisionInstanceSearch: SearchSpec = {
  scope: { sql: 'i.decision_id' },
  from: FROM,
  select: 'i.*, d.definition_key AS decision_definition_key, d.version AS decision_version',
  key: ['i.decision_evaluation_key', 'i.place'],
  filters: {
    decisionEvaluationInstanceKey: { kind: 'custom', schema: WireKey, condition: hasDecisionInstanceKey },
    state: {
      kind: 'enum',
      sql: 'i.state',
      values: { EVALUATED: ['EVALUATED'], FAILED: ['FAILED'], UNSPECIFIED: [], UNKNOWN: [] },
      simple: true,
    },
    evaluationFailure: { kind: 'text', sql: 'i.failure', simple: true },
    evaluationDate: { kind: 'time', sql: 'i.evaluated_at' },
    decisionDefinitionId: { kind: 'text', sql: 'i.decision_id', simple: true },
    decisionDefinitionName: { kind: 'text', sql: 'i.decision_name', simple: true },
    decisionDefinitionVersion: { kind: 'integer', sql: 'd.version', simple: true },
    decisionDefinitionType: {
      kind: 'enum',
      sql: 'i.decision_type',
      values: {
        DECISION_TABLE: ['decisionTable'],
        LITERAL_EXPRESSION: ['literalExpression'],
        UNSPECIFIED: [],
        UNKNOWN: [],
      },
      simple: true,
    },
    tenantId: { ...tenantField, simple: true } as typeof tenantField,
    decisionEvaluationKey: { kind: 'key', sql: 'i.decision_evaluation_key', bucket: 'i.bucket', simple: true },
    processDefinitionKey: { kind: 'key', sql: 'i.process_definition_key', simple: true },
    processInstanceKey: { kind: 'key', sql: 'i.process_instance_key', bucket: 'i.bucket', simple: true },
    decisionDefinitionKey: { kind: 'key', sql: 'd.definition_key' },
    elementInstanceKey: {
      kind: 'key',
      sql: 'i.element_instance_key',
      bucket: 'i.bucket',
      within: ofInstance('i.process_instance_key', 'element_instance'),
    },
  },
  sorts: {
    decisionDefinitionId: { sql: 'i.decision_id', kind: 'text' },
    decisionDefinitionKey: { sql: 'd.definition_key', kind: 'number', nullable: true },
    decisionDefinitionName: { sql: 'i.decision_name', kind: 'text' },
    decisionDefinitionType: { sql: 'i.decision_type', kind: 'text' },
    decisionDefinitionVersion: { sql: 'd.version', kind: 'number', nullable: true },
    decisionEvaluationInstanceKey: { sql: 'i.decision_evaluation_key', kind: 'number' },
    decisionEvaluationKey: { sql: 'i.decision_evaluation_key', kind: 'number' },
    elementInstanceKey: { sql: 'i.element_instance_key', kind: 'number', nullable: true },
    evaluationDate: { sql: 'i.evaluated_at', kind: 'number' },
    evaluationFailure: { sql: 'i.failure', kind: 'text', nullable: true },
    processDefinitionKey: { sql: 'i.process_definition_key', kind: 'number', nullable: true },
    processInstanceKey: { sql: 'i.process_instance_key', kind: 'number', nullable: true },
    state: { sql: 'i.state', kind: 'text' },
    tenantId: { sql: `CAST('${TENANT}' AS text)`, kind: 'text' },
  },
};

const RESULT = {
  decisionEvaluationInstanceKey: Type.String(),
  state: Type.Union([Type.Literal('EVALUATED'), Type.Literal('FAILED')]),
  evaluationDate: Type.String(),
  evaluationFailure: Type.Optional(Type.String()),
  decisionDefinitionId: Type.String(),
  decisionDefinitionName: Type.String(),
  decisionDefinitionVersion: Type.Optional(Type.Integer()),
  decisionDefinitionType: Type.String(),
  result: Type.String({ description: 'JSON text' }),
  tenantId: Type.String(),
  decisionEvaluationKey: Type.String(),
  processDefinitionKey: Type.Optional(Type.String()),
  processInstanceKey: Type.Optional(Type.String()),
  decisionDefinitionKey: Type.Optional(Type.String()),
  elementInstanceKey: Type.Optional(Type.String()),
};
const Any = Type.Array(Type.Object({}, { additionalProperties: true }));

export const DecisionInstanceResult = Type.Object(RESULT);
export const DecisionInstanceWithTrace = Type.Object({ ...RESULT, evaluatedInputs: Any, matchedRules: Any });

export function decisionInstanceViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(decisionInstanceTable, rows).map((row, at) => ({
    decisionEvaluationInstanceKey: decisionInstanceKey(row.decision_evaluation_key, row.place),
    state: row.state,
    evaluationDate: wireDate(row.evaluated_at),
    evaluationFailure: row.failure ?? undefined,
    decisionDefinitionId: row.decision_id,
    decisionDefinitionName: row.decision_name,
    decisionDefinitionVersion: (rows[at]!['decision_version'] as number | null) ?? undefined,
    decisionDefinitionType: TYPES[row.decision_type],
    result: JSON.stringify(row.result),
    tenantId: TENANT,
    decisionEvaluationKey: wireKey(row.decision_evaluation_key),
    processDefinitionKey: wireKey(row.process_definition_key),
    processInstanceKey: wireKey(row.process_instance_key),
    decisionDefinitionKey: wireKey(rows[at]!['decision_definition_key'] as number | null),
    elementInstanceKey: wireKey(row.element_instance_key),
  }));
}

/** Inputs and rules of a trace in the words of the API: values are JSON texts. */
export function traceView({
  evaluatedInputs,
  matchedRules,
}: Pick<DecisionTrace, 'evaluatedInputs' | 'matchedRules'>): object {
  return {
    evaluatedInputs: evaluatedInputs.map(({ inputId, inputName, inputValue }) => ({
      inputId,
      inputName,
      inputValue: JSON.stringify(inputValue),
    })),
    matchedRules: matchedRules.map(({ ruleId, ruleIndex, evaluatedOutputs }) => ({
      ruleId,
      ruleIndex,
      evaluatedOutputs: evaluatedOutputs.map(({ outputId, outputName, outputValue }) => ({
        outputId,
        outputName,
        outputValue: JSON.stringify(outputValue),
      })),
    })),
  };
}
