import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';

/**
 * BPMN 2.0.2 §10.5.4, §13.5.3: activated when it has happened. Attributes: `attachedToRef`, `cancelActivity`,
 * `parallelMultiple`. One of compensation is never activated: it leads to a handler (§10.7.1).
 */
export const boundaryEvent: ElementBehavior<'boundaryEvent'> = {
  type: 'boundaryEvent',
  activate: (run, _node, element) => completeElement(run, element.key),
};
