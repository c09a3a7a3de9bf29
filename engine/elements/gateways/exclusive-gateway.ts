import { conditionHolds, noneTrue, outgoingOf } from '../../behaviors/choose-flows.ts';
import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';

/**
 * BPMN 2.0.2 §10.6.2, §13.4.2: each token passes alone and takes the first flow, in file order, whose condition is
 * true, else the default flow. The condition on the default flow is ignored. Attribute: `default`.
 */
export const exclusiveGateway: ElementBehavior<'exclusiveGateway'> = {
  type: 'exclusiveGateway',
  activate: (run, _node, element) => completeElement(run, element.key),
  chooseFlows(run, node, element) {
    const flows = outgoingOf(run, node);
    const byCondition = flows.find(
      (flow) => flow.id !== node.defaultFlowId && conditionHolds(run, flow, { node, element }),
    );
    const chosen = byCondition ?? flows.find((flow) => flow.id === node.defaultFlowId);
    if (chosen !== undefined) return [chosen];
    if (flows.length === 0) return [];
    throw noneTrue(run, flows, { node, element });
  },
};
