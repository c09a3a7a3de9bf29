import { completeElement } from '../../behaviors/complete-element.ts';
import { createJob } from '../../behaviors/create-job.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { sendMessage } from '../../behaviors/send-message.ts';

/** BPMN 2.0.2 §10.5.4: a none event marks a milestone; a message is published by the engine or sent by a job worker. */
export const intermediateThrowEvent: ElementBehavior<'intermediateThrowEvent'> = {
  type: 'intermediateThrowEvent',
  activate(run, node, element) {
    const { event } = node;
    if (event.kind === 'message' && event.job !== undefined) {
      createJob(run, event.job, element);
      return;
    }
    if (event.kind === 'message') sendMessage(run, event.message, element);
    completeElement(run, element.key);
  },
};
