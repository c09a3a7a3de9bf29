import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { runImplementation } from '../../behaviors/run-implementation.ts';

/**
 * BPMN 2.0.2 §10.3.3, §13.3.3: a FEEL script (`zeebe:script`, or the `script` of BPMN with a `scriptFormat` of FEEL) or work
 * of a job worker (`zeebe:taskDefinition`), who gets a script in another language in the headers (ADR 0013).
 */
export const scriptTask: ElementBehavior<'scriptTask'> = {
  type: 'scriptTask',
  activate: runImplementation,
};
