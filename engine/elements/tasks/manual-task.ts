import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';

/** BPMN 2.0.2 §10.3.3, §13.3.3: done outside the engine, which neither waits for it nor checks it. No attributes of its own. */
export const manualTask: ElementBehavior<'manualTask'> = {
  type: 'manualTask',
  activate: (run, _node, element) => completeElement(run, element.key),
};
