import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { happenBehindGateway, openEventsBehind } from '../../behaviors/event-based-gateway.ts';
import { nodeById } from '../../behaviors/run.ts';

/**
 * BPMN 2.0.2 §10.6.6, §13.4.4: waits for the events behind it; the first that happens takes the token. As the start of a
 * process (`instantiate`) it begins with one of them, alone or with the others still to come (`eventGatewayType`).
 */
export const eventBasedGateway: ElementBehavior<'eventBasedGateway'> = {
  type: 'eventBasedGateway',
  activate(run, node, element, occurrence) {
    const happened = occurrence?.eventId;
    if (happened === undefined || node.parallel) {
      openEventsBehind(run, node, { element, ...(happened === undefined ? {} : { happened }) });
    }
    if (occurrence === undefined || happened === undefined) return;
    const { variables, definitionIndex } = occurrence;
    happenBehindGateway(run, {
      gateway: element,
      node: nodeById(run, happened),
      occurrence: { variables, definitionIndex },
    });
  },
};
