import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { runImplementation } from '../../behaviors/run-implementation.ts';

/**
 * BPMN 2.0.2 §10.3.3, §13.3.3: a FEEL script (`zeebe:script`) or work of a job worker (`zeebe:taskDefinition`). The
 * `script` of BPMN is refused.
 */
export const scriptTask: ElementBehavior<'scriptTask'> = {
  type: 'scriptTask',
  activate: runImplementation,
};
