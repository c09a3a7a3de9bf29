import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { reachThrow } from '../../behaviors/throw-event.ts';

/**
 * BPMN 2.0.2 §10.5.4, §13.5.2: throws all it defines, in file order, compensation after the rest, and goes on; a none event marks a milestone. No
 * attributes of its own; a message is published by the engine, or sent by a job worker (`zeebe:taskDefinition`).
 */
export const intermediateThrowEvent: ElementBehavior<'intermediateThrowEvent'> = {
  type: 'intermediateThrowEvent',
  activate: (run, node, element) => reachThrow(run, node, element),
};
