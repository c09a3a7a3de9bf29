import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { runImplementation } from '../../behaviors/run-implementation.ts';

/** BPMN 2.0.2 §10.3.3, §13.3.3: work of a job worker, or a message of the model published by the engine. */
export const sendTask: ElementBehavior<'sendTask'> = {
  type: 'sendTask',
  activate: runImplementation,
};
