import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { throwEvent } from '../../behaviors/throw-event.ts';

/** BPMN 2.0.2 §10.5.4: a none event marks a milestone; a message is published by the engine or sent by a job worker. */
export const intermediateThrowEvent: ElementBehavior<'intermediateThrowEvent'> = {
  type: 'intermediateThrowEvent',
  activate: (run, node, element) => throwEvent(run, node, element),
};
