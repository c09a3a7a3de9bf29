import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { startScope } from '../../behaviors/start-scope.ts';

/**
 * BPMN 2.0.2 §10.3.5, §13.3.4: an embedded scope; it completes when nothing lives inside it. With `triggeredByEvent` it is
 * an `eventSubProcess`.
 */
export const subProcess: ElementBehavior<'subProcess'> = {
  type: 'subProcess',
  activate: (run, node, element) => startScope(run, node.id, { scope: element }),
};
