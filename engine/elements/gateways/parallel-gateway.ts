import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { enterByToken } from '../../behaviors/enter-by-token.ts';
import { consumeTokens, keepToken, oldestPerFlow, tokensAt } from '../../behaviors/waiting-tokens.ts';

/**
 * BPMN 2.0.2 §10.6.4, §13.4.1: waits for one token on every incoming flow, then gives one to every outgoing flow.
 * It counts flows, not arrivals: a second token on the same flow stays for the next firing. No attributes.
 */
export const parallelGateway: ElementBehavior<'parallelGateway'> = {
  type: 'parallelGateway',
  arrive(run, node, arrival) {
    if (node.incoming.length > 1) {
      keepToken(run, node, arrival);
      // Asked at each arrival, and mostly too few: fewer wait in the whole scope.
      if ((run.draft.waits.get(arrival.scopeKey)?.length ?? 0) < node.incoming.length) return;
      const waiting = tokensAt(run, node, arrival.scopeKey);
      if (waiting.length < node.incoming.length) return;
      const taken = oldestPerFlow(waiting);
      if (taken.length < node.incoming.length) return;
      consumeTokens(run, taken);
    }
    enterByToken(run, node, { scopeKey: arrival.scopeKey });
  },
  activate: (run, _node, element) => completeElement(run, element.key),
};
