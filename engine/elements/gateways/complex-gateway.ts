import { chooseFlows, conditionHolds, outgoingOf } from '../../behaviors/choose-flows.ts';
import { completeElement, takeFlow } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { emit } from '../../behaviors/emit.ts';
import { enterByToken } from '../../behaviors/enter-by-token.ts';
import type { Way } from '../../behaviors/process-plan.ts';
import type { Run } from '../../behaviors/run.ts';
import { consumeTokens, keepToken } from '../../behaviors/waiting-tokens.ts';
import type { ElementInstance } from '../../instance.ts';
import type { ComplexGateway } from '../../model/process-model.ts';

/**
 * BPMN 2.0.2 §10.6.5, §13.4.5, ADR 0006. Waits for start until `activationCondition` holds, takes one token of each flow
 * that has one and gives tokens to its flows; then waits for reset until no other incoming flow can get a token any more
 * (the rule of the inclusive join), takes those that came and gives tokens once more. It lives in between. Attributes:
 * `activationCondition`, `default`; the conditions of its flows may read `waitingForStart`.
 */
export const complexGateway: ElementBehavior<'complexGateway'> = {
  type: 'complexGateway',
  arrive: (run, node, arrival) => keepToken(run, node, arrival),
  fire(run, node, { scopeKey, tokens, resetting }) {
    consumeTokens(run, tokens);
    if (resetting !== undefined) {
      completeElement(run, resetting.key);
      return;
    }
    const takenFlowIds = tokens.map(({ flowId }) => flowId);
    enterByToken(run, node, { scopeKey, memory: { complexGateway: { takenFlowIds, waitsForReset: false } } });
  },
  activate(run, node, element) {
    // Where nothing else can come there is nothing to reset: it is a split.
    if (node.incoming.length <= 1) {
      completeElement(run, element.key);
      return;
    }
    const flows = startFlows(run, node, element);
    const takenFlowIds = element.memory?.complexGateway?.takenFlowIds ?? [];
    emit(run, {
      kind: 'elementRemembered',
      elementInstanceKey: element.key,
      elementId: node.id,
      memory: { complexGateway: { takenFlowIds, waitsForReset: true } },
    });
    for (const flow of flows) takeFlow(run, flow, element.scopeKey);
  },
  chooseFlows: (run, node, element) =>
    node.incoming.length <= 1 ? startFlows(run, node, element) : resetFlows(run, node, element),
};

function startFlows(run: Run, node: ComplexGateway, element: ElementInstance): readonly Way[] {
  return chooseFlows(run, { node, element, extra: { waitingForStart: true } });
}

/** None at all is no error here. A flow without a condition belongs to the start: a discriminator gives one token, not two. */
function resetFlows(run: Run, node: ComplexGateway, element: ElementInstance): readonly Way[] {
  const flows = outgoingOf(run, node);
  const choice = { node, element, extra: { waitingForStart: false } };
  const taken = flows.filter(
    (flow) => flow.id !== node.defaultFlowId && flow.condition !== undefined && conditionHolds(run, flow, choice),
  );
  return taken.length > 0 ? taken : flows.filter((flow) => flow.id === node.defaultFlowId);
}
