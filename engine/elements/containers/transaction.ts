import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { startScope } from '../../behaviors/start-scope.ts';

/**
 * BPMN 2.0.2 §10.3.5, §13.3.4: a sub-process that a cancel end event inside it undoes as a whole (ADR 0007). No attributes:
 * another `method` than that of the engine is refused.
 */
export const transaction: ElementBehavior<'transaction'> = {
  type: 'transaction',
  activate: (run, node, element) => startScope(run, node.id, { scope: element }),
};
