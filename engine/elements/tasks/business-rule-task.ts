import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { runImplementation } from '../../behaviors/run-implementation.ts';

/**
 * BPMN 2.0.2 §10.3.3, §13.3.3: a decision (`zeebe:calledDecision`) or work of a job worker (`zeebe:taskDefinition`). No
 * attributes of its own.
 */
export const businessRuleTask: ElementBehavior<'businessRuleTask'> = {
  type: 'businessRuleTask',
  activate: runImplementation,
};
