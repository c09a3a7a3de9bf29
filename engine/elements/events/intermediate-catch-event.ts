import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { planWait } from '../../behaviors/open-event.ts';

/**
 * BPMN 2.0.2 §10.5.4, §13.5.2: waits for a timer, a message, a signal, a condition, or several of them; a link is where a
 * jump arrives. Behind an event-based gateway it has happened when it is reached. Attribute: `parallelMultiple`.
 */
export const intermediateCatchEvent: ElementBehavior<'intermediateCatchEvent'> = {
  type: 'intermediateCatchEvent',
  activate(run, node, element, occurrence) {
    if (occurrence !== undefined || node.event.kind === 'link') {
      completeElement(run, element.key);
      return;
    }
    const place = { host: element, scopeKey: element.key, elementId: node.id, interrupting: true };
    const open = planWait(run, node.event, place);
    open();
  },
};
