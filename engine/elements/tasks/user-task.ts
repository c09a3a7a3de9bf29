import { createUserTask } from '../../behaviors/create-user-task.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';

/**
 * BPMN 2.0.2 §10.3.3, §13.3.3: waits for a person: a performer, or one of its potential owners. No attributes of its own;
 * `zeebe:userTask`, `assignmentDefinition`,
 * `formDefinition`, `taskSchedule`, `priorityDefinition`, `taskHeaders`; `reglament:deadline`, `formBinding`.
 */
export const userTask: ElementBehavior<'userTask'> = {
  type: 'userTask',
  activate: createUserTask,
};
