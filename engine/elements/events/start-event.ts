import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';

/** BPMN 2.0.2 §10.5.2: none, message and timer start of a process, none start of a sub-process. What it waited for lies behind it. */
export const startEvent: ElementBehavior<'startEvent'> = {
  type: 'startEvent',
  activate: (run, _node, element) => completeElement(run, element.key),
};
