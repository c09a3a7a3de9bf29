import { bucketOf, tracesInOrder, type DecisionTrace, type Key } from '#engine';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import type { Step } from './step.ts';

/** One row per decision of an evaluation, in the bucket of its process instance; written once and never changed. */
export const decisionInstanceTable = defineTable('decision_instance', {
  columns: {
    bucket: 'smallint',
    decision_evaluation_key: 'key',
    /** From 1: required decisions come before those that require them. */
    place: 'integer',
    process_instance_key: 'key?',
    process_definition_key: 'key?',
    element_instance_key: 'key?',
    /** The decision that was asked for, which required this one. */
    asked_definition_key: 'key',
    decision_id: 'text',
    decision_name: 'text',
    decision_type: 'text',
    state: 'text',
    failure: 'text?',
    evaluated_at: 'time',
    result: 'json',
    inputs: 'json',
    rules: 'json',
  },
  primaryKey: ['bucket', 'decision_evaluation_key', 'place'],
});

export type DecisionInstanceRow = RowOf<typeof decisionInstanceTable>;

export interface KeptEvaluation {
  readonly bucket: number;
  readonly evaluationKey: Key;
  readonly askedDefinitionKey: Key;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly trace: DecisionTrace;
  /** Null: evaluated beside any process. */
  readonly process: {
    readonly processInstanceKey: Key;
    readonly processDefinitionKey: Key;
    readonly elementInstanceKey: Key;
  } | null;
}

export function decisionRows(kept: KeptEvaluation): DecisionInstanceRow[] {
  return tracesInOrder(kept.trace).map((trace, index) => ({
    bucket: kept.bucket,
    decision_evaluation_key: kept.evaluationKey,
    place: index + 1,
    process_instance_key: kept.process?.processInstanceKey ?? null,
    process_definition_key: kept.process?.processDefinitionKey ?? null,
    element_instance_key: kept.process?.elementInstanceKey ?? null,
    asked_definition_key: kept.askedDefinitionKey,
    decision_id: trace.decisionId,
    decision_name: trace.decisionName || trace.decisionId,
    decision_type: trace.decisionType,
    state: trace.failure === null ? 'EVALUATED' : 'FAILED',
    failure: trace.failure,
    evaluated_at: kept.at,
    result: trace.output,
    inputs: trace.evaluatedInputs,
    rules: trace.matchedRules,
  }));
}

/** What business-rule tasks evaluated in these steps; it goes into the transaction of the steps. */
export function decisionRowsOfSteps(steps: readonly Step[]): readonly DecisionInstanceRow[] {
  return steps.flatMap(({ accepted }) => {
    const { processInstanceKey, processDefinitionKey } = accepted.instance.header;
    return accepted.history.flatMap(({ at, event }) =>
      event.kind !== 'decisionEvaluated'
        ? []
        : decisionRows({
            bucket: bucketOf(processInstanceKey),
            evaluationKey: event.evaluationKey,
            askedDefinitionKey: event.decisionKey,
            at,
            trace: event.trace,
            process: { processInstanceKey, processDefinitionKey, elementInstanceKey: event.elementInstanceKey },
          }),
    );
  });
}
