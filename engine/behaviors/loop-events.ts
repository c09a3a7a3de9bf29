import type { ElementInstance } from '../instance.ts';
import type { Activity, LoopEvent, MultiInstance } from '../model/process-model.ts';
import { evaluateValue } from './evaluate-value.ts';
import type { Run } from './run.ts';
import { planThrow } from './throw-definition.ts';

interface Finishing {
  readonly loop: MultiInstance;
  readonly body: ElementInstance;
  readonly iteration: ElementInstance;
  /** The counts of the loop: what conditions see beside the variables of the instance, and what the event carries. */
  readonly attributes: Readonly<Record<string, number>>;
}

/**
 * `behavior` (BPMN 2.0.2 §10.3.8, §13.3.7): what is thrown when an instance is about to complete, `None` at each, `One` at
 * the first, `Complex` by condition, `All` never. It is thrown from the body, so its boundary events catch it, then whoever
 * is outward, but nothing inside the instance. Evaluates all of it; the answer throws.
 */
export function planLoopEvents(run: Run, node: Activity, finishing: Finishing): () => void {
  const { loop, body, iteration, attributes } = finishing;
  const throws = loop.events
    .filter((event) => isDue(run, event, finishing))
    .flatMap(({ definitions }) => definitions)
    .map((definition, index) =>
      // From 1: what the instance itself has sent, such as a send task, goes by the id with 0.
      planThrow(run, definition, { node, element: iteration, from: body.key, index: index + 1, variables: attributes }),
    );
  return () => {
    for (const throwOne of throws) if (run.draft.elements.has(body.key)) throwOne();
  };
}

function isDue(run: Run, { when }: LoopEvent, { body, iteration, attributes }: Finishing): boolean {
  switch (when.kind) {
    case 'each':
      return true;
    case 'first':
      return body.loop?.completed === 0;
    case 'condition':
      return (
        evaluateValue(run, {
          expression: when.condition,
          scopeKey: iteration.key,
          purpose: 'the condition of a loop event',
          incident: 'CONDITION_ERROR',
          extra: attributes,
        }) === true
      );
  }
}
