import { activateElement, enterElement } from '../../behaviors/activate-element.ts';
import { completeElement } from '../../behaviors/complete-element.ts';
import type { Arrival, ElementBehavior } from '../../behaviors/element-behavior.ts';
import { emit } from '../../behaviors/emit.ts';
import { takeKey, type Run } from '../../behaviors/run.ts';
import type { Token } from '../../instance.ts';
import type { ParallelGateway } from '../../model/process-model.ts';

/**
 * BPMN 2.0.2 §10.6.4, §13.4.1: waits for one token on every incoming flow, then gives one to every outgoing flow.
 * It counts flows, not arrivals: a second token on the same flow stays for the next firing.
 */
export const parallelGateway: ElementBehavior<'parallelGateway'> = {
  type: 'parallelGateway',
  arrive(run, node, arrival) {
    if (node.incoming.length > 1) {
      keepToken(run, node, arrival);
      const taken = oneTokenPerFlow(run, node, arrival.scopeKey);
      if (taken === null) return;
      for (const token of taken) emit(run, { kind: 'tokenConsumed', token });
    }
    const element = activateElement(run, node, { scopeKey: arrival.scopeKey, nodeId: node.id });
    enterElement(run, node, element);
  },
  activate: (run, _node, element) => completeElement(run, element.key),
};

function keepToken(run: Run, node: ParallelGateway, { scopeKey, flowId }: Arrival): void {
  const token: Token = { key: takeKey(run), scopeKey, elementId: node.id, flowId, arrivedAt: run.now };
  emit(run, { kind: 'tokenArrived', token });
}

/** The oldest token of each incoming flow; null while a flow has none. */
function oneTokenPerFlow(run: Run, node: ParallelGateway, scopeKey: number): readonly Token[] | null {
  const oldest = new Map<string, Token>();
  for (const wait of run.draft.waits.get(scopeKey) ?? []) {
    const token = wait.kind === 'token' ? run.draft.tokens.get(wait.key) : undefined;
    if (token?.elementId !== node.id || oldest.has(token.flowId)) continue;
    oldest.set(token.flowId, token);
  }
  return oldest.size === node.incoming.length ? [...oldest.values()] : null;
}
