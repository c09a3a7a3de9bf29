import type { ElementInstance } from '../instance.ts';
import type { JsonValue } from '../json.ts';
import type { FlowNode, SequenceFlow } from '../model/process-model.ts';
import { evaluateValue } from './evaluate-value.ts';
import type { Way } from './process-plan.ts';
import { planById, type Run } from './run.ts';
import { showTexts, showVariables } from './show-variables.ts';
import { Stuck } from './stuck.ts';

export interface Choice {
  readonly node: FlowNode;
  readonly element: ElementInstance;
  /** What the conditions may read beside the variables. */
  readonly extra?: Readonly<Record<string, JsonValue>>;
}

/**
 * Which flows get a token (BPMN 2.0.2 §13.4.3, and §13.3.2 for flows that leave an activity): those without a condition,
 * those whose condition is true, and the default flow when no condition is. The condition on the default flow is ignored.
 */
export function chooseFlows(run: Run, choice: Choice): readonly Way[] {
  const { node } = choice;
  const flows = outgoingOf(run, node);
  if (!flows.some(hasCondition)) return flows;
  const conditional = flows.filter((flow) => flow.condition !== undefined && flow.id !== node.defaultFlowId);
  if (conditional.length === 0) return flows;
  const taken = new Set(conditional.filter((flow) => conditionHolds(run, flow, choice)));
  const noneHolds = taken.size === 0;
  const chosen = flows.filter((flow) => {
    if (flow.id === node.defaultFlowId) return noneHolds;
    return flow.condition === undefined || taken.has(flow);
  });
  if (chosen.length === 0) throw noneTrue(run, conditional, choice);
  return chosen;
}

const hasCondition = ({ condition }: SequenceFlow) => condition !== undefined;

export function outgoingOf(run: Run, node: FlowNode): readonly Way[] {
  return planById(run, node.id).ways;
}

/** Seen from around the element: what stays local to it does not leave by a flow either. */
export function conditionHolds(run: Run, flow: SequenceFlow, { element, extra }: Choice): boolean {
  if (flow.condition === undefined) return true;
  const value = evaluateValue(run, {
    expression: flow.condition,
    scopeKey: seenFrom(element),
    purpose: `the condition of flow "${flow.name || flow.id}"`,
    incident: 'CONDITION_ERROR',
    ...(extra === undefined ? {} : { extra }),
  });
  return value === true;
}

const seenFrom = ({ scopeKey, key }: ElementInstance) => scopeKey ?? key;

export function noneTrue(run: Run, flows: readonly SequenceFlow[], { node, element, extra }: Choice): Stuck {
  const count = flows.length;
  const expressions = flows.flatMap(({ condition }) => (condition === undefined ? [] : [condition]));
  const variables = { expressions, scopeKey: seenFrom(element), ...(extra === undefined ? {} : { extra }) };
  const name = node.name === '' ? node.id : `${node.name} (${node.id})`;
  const found = count === 1 ? 'the only condition was false' : `all ${count} conditions were false`;
  return new Stuck(
    'CONDITION_ERROR',
    `Expected a default flow or a true condition at ${name}, but ${found}: ${showTexts(expressions)}${showVariables(run, variables)}`,
  );
}
