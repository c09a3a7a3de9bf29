import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { runImplementation } from '../../behaviors/run-implementation.ts';

/**
 * BPMN 2.0.2 §10.3.3, §13.3.3: work of a job worker (`zeebe:taskDefinition`), or a message of the model (`messageRef`,
 * or that of its `operationRef`) that the engine publishes.
 */
export const sendTask: ElementBehavior<'sendTask'> = {
  type: 'sendTask',
  activate: runImplementation,
};
