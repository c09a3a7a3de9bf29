import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { runImplementation } from '../../behaviors/run-implementation.ts';

/**
 * BPMN 2.0.2 §10.3.3, §13.3.3: work of a job worker (`zeebe:taskDefinition`, `zeebe:taskHeaders`). No attributes of its own:
 * how the service is reached (`implementation`, `operationRef`) is for the worker to know.
 */
export const serviceTask: ElementBehavior<'serviceTask'> = {
  type: 'serviceTask',
  activate: runImplementation,
};
