import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { startScope } from '../../behaviors/start-scope.ts';

/**
 * BPMN 2.0.2 §10.3.5, §13.5.4: a sub-process with `triggeredByEvent`, a scope that its start event opens (`isInterrupting`
 * of that says whether the rest ends); the scope around it stays open until it ends.
 */
export const eventSubProcess: ElementBehavior<'eventSubProcess'> = {
  type: 'eventSubProcess',
  activate: (run, node, element, occurrence) =>
    startScope(run, node.id, { scope: element, ...(occurrence === undefined ? {} : { occurrence }) }),
};
