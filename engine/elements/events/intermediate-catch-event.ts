import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { planSubscription } from '../../behaviors/open-event.ts';
import { planTimer, scheduleTimer } from '../../behaviors/schedule-timer.ts';

/** BPMN 2.0.2 §10.5.4: waits for a timer or a message. */
export const intermediateCatchEvent: ElementBehavior<'intermediateCatchEvent'> = {
  type: 'intermediateCatchEvent',
  activate(run, node, element) {
    if (node.event.kind === 'timer') {
      scheduleTimer(run, element.key, node.id, planTimer(run, node.event.timer, element.key));
      return;
    }
    const open = planSubscription(run, node.event.message, {
      host: element,
      scopeKey: element.key,
      elementId: node.id,
      interrupting: true,
    });
    open();
  },
};
