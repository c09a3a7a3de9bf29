import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';

/** BPMN 2.0.2 §10.5.4, §13.5.3: interrupting and not. Activated when it has happened. */
export const boundaryEvent: ElementBehavior<'boundaryEvent'> = {
  type: 'boundaryEvent',
  activate: (run, _node, element) => completeElement(run, element.key),
};
