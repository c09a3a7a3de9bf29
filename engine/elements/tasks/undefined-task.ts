import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';

/** BPMN 2.0.2 §10.3.3, §13.3.3: a task without a type completes as soon as it is activated. No attributes of its own. */
export const undefinedTask: ElementBehavior<'task'> = {
  type: 'task',
  activate: (run, _node, element) => completeElement(run, element.key),
};
