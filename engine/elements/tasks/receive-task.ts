import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { planSubscription } from '../../behaviors/open-event.ts';

/**
 * BPMN 2.0.2 §10.3.3, §13.3.3: waits for one message (`messageRef`, or that of its `operationRef`); as the start of a process
 * (`instantiate`), or behind an event-based gateway, it has it already.
 */
export const receiveTask: ElementBehavior<'receiveTask'> = {
  type: 'receiveTask',
  activate(run, node, element, occurrence) {
    if (occurrence !== undefined) {
      completeElement(run, element.key);
      return;
    }
    const open = planSubscription(run, node.message, {
      host: element,
      scopeKey: element.key,
      elementId: node.id,
      interrupting: true,
    });
    open();
  },
};
