import type { Expression } from '../../expressions/expression.ts';
import type { FlowNode, ProcessModel, SequenceFlow } from '../../model/process-model.ts';

/** An expression of the model with the element or flow it stands at. */
export interface PlacedExpression {
  readonly owner: FlowNode | SequenceFlow;
  readonly expression: Expression;
  /** Evaluated when the element completes, with what it brought; only its own variables may be read there. */
  readonly onCompletion: boolean;
  /** The properties that lead to it from its owner: `['event', 'timer', 'value']`. */
  readonly path: readonly string[];
}

/** What an activity evaluates with its result at hand. */
const ON_COMPLETION = new Set(['outputMappings', 'outputElement', 'completionCondition']);

/** Every FEEL expression of a process. Found by shape, so that no property of a new element is forgotten. */
export function expressionsOf({ nodes, flows }: ProcessModel): readonly PlacedExpression[] {
  return [...nodes.values(), ...flows.values()].flatMap((owner) =>
    Object.entries(owner).flatMap(([key, part]) => collect(part, owner, [key])),
  );
}

function collect(
  part: unknown,
  owner: PlacedExpression['owner'],
  path: readonly string[],
): readonly PlacedExpression[] {
  if (typeof part !== 'object' || part === null) return [];
  if (!isExpression(part)) return Object.entries(part).flatMap(([key, inner]) => collect(inner, owner, [...path, key]));
  return part.static
    ? []
    : [{ owner, expression: part, path, onCompletion: path.some((key) => ON_COMPLETION.has(key)) }];
}

/** Every FEEL expression anywhere in a part of a model, once. */
export function expressionsIn(part: unknown, seen = new Set<object>()): readonly Expression[] {
  if (typeof part !== 'object' || part === null || seen.has(part)) return [];
  seen.add(part);
  if (isExpression(part)) return part.static ? [] : [part];
  const members: Iterable<unknown> = part instanceof Map ? part.values() : Object.values(part);
  return [...members].flatMap((member) => expressionsIn(member, seen));
}

function isExpression(part: object): part is Expression {
  return 'text' in part && 'static' in part;
}
