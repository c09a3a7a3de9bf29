import { Type, type Static } from '@sinclair/typebox';
import type { VariableMap } from '#engine';
import { KeyText } from './common.ts';

/** Variables offered to the conditional start events; with a definition key, to that process alone. */
export const EvaluateConditionals = Type.Object(
  {
    variables: Type.Unsafe<VariableMap>({ type: 'object' }),
    processDefinitionKey: Type.Optional(KeyText),
  },
  { additionalProperties: false },
);
export type EvaluateConditionals = Static<typeof EvaluateConditionals>;

export const ConditionalsEvaluated = Type.Object({
  conditionalEvaluationKey: KeyText,
  processInstances: Type.Array(Type.Object({ processDefinitionKey: KeyText, processInstanceKey: KeyText })),
  /** Conditions that gave no value, and why; the other processes were started all the same. */
  failures: Type.Array(
    Type.Object({ processDefinitionKey: KeyText, elementId: Type.String(), message: Type.String() }),
  ),
});
export type ConditionalsEvaluated = Static<typeof ConditionalsEvaluated>;
