import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { evaluateValue } from '../../behaviors/evaluate-value.ts';
import type { Run } from '../../behaviors/run.ts';
import { Stuck } from '../../behaviors/stuck.ts';
import type { ElementInstance } from '../../instance.ts';
import type { ExclusiveGateway, SequenceFlow } from '../../model/process-model.ts';

/**
 * BPMN 2.0.2 §10.6.2, §13.4.2: each token passes alone and takes the first flow, in file order, whose condition is
 * true, else the default flow. The condition on the default flow is ignored.
 */
export const exclusiveGateway: ElementBehavior<'exclusiveGateway'> = {
  type: 'exclusiveGateway',
  activate: (run, _node, element) => completeElement(run, element.key),
  chooseFlows(run, node, element) {
    const flows = node.outgoing.map((id) => run.model.flows.get(id)).filter((flow) => flow !== undefined);
    const byCondition = flows.find((flow) => flow.id !== node.defaultFlowId && holds(run, flow, element));
    const chosen = byCondition ?? flows.find((flow) => flow.id === node.defaultFlowId);
    if (chosen !== undefined) return [chosen];
    if (flows.length === 0) return [];
    throw noneTrue(node, flows.length);
  },
};

function holds(run: Run, flow: SequenceFlow, element: ElementInstance): boolean {
  if (flow.condition === undefined) return true;
  return (
    evaluateValue(run, {
      expression: flow.condition,
      scopeKey: element.key,
      purpose: `the condition of flow "${flow.name || flow.id}"`,
      incident: 'CONDITION_ERROR',
    }) === true
  );
}

function noneTrue(node: ExclusiveGateway, count: number): Stuck {
  const name = node.name === '' ? node.id : `${node.name} (${node.id})`;
  const found = count === 1 ? 'the only condition was false' : `all ${count} conditions were false`;
  return new Stuck('CONDITION_ERROR', `Expected a default flow or a true condition at ${name}, but ${found}`);
}
