import {
  compileFeel,
  evaluate,
  ExpressionSyntaxError,
  inferType,
  sampleType,
  type EvaluationScope,
  type FeelWarning,
  type JsonValue,
  type StaticType,
} from '#engine';
import type { SampleReading } from './read-sample.ts';

export type Outcome =
  | { readonly kind: 'empty' | 'variables' | 'syntax' }
  | { readonly kind: 'failed'; readonly message: string; readonly warnings: readonly FeelWarning[] }
  | {
      readonly kind: 'value';
      readonly value: JsonValue;
      readonly type: StaticType;
      readonly warnings: readonly FeelWarning[];
    };

/** What the expression gives with the sample variables: the same evaluation that a case would make. */
export function evaluateSample(
  text: string,
  sample: SampleReading,
  scope: Pick<EvaluationScope, 'now' | 'zone' | 'calendars'>,
): Outcome {
  if (text.trim() === '') return { kind: 'empty' };
  if (!sample.ok) return { kind: 'variables' };
  const { variables } = sample;
  try {
    const expression = compileFeel(text);
    const evaluation = evaluate(expression, {
      ...scope,
      variables: {
        get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
        toContext: () => variables,
      },
    });
    if (!evaluation.ok) {
      const { message, warnings } = evaluation.failure;
      return { kind: 'failed', message, warnings };
    }
    const { value, warnings } = evaluation;
    const types = new Map(Object.entries(variables).map(([name, one]) => [name, sampleType(one)]));
    const { type } = inferType(expression, types);
    // A date leaves as text: what it was is known only before.
    return { kind: 'value', value, type: value === null || type === 'any' ? sampleType(value) : type, warnings };
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return { kind: 'syntax' };
    throw error;
  }
}
