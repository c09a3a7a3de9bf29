import { completeElement } from '../../behaviors/complete-element.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { enterByToken } from '../../behaviors/enter-by-token.ts';
import { consumeTokens, keepToken } from '../../behaviors/waiting-tokens.ts';

/**
 * BPMN 2.0.2 §10.6.3, §13.4.3. Split: every flow whose condition is true, else the default flow. Join: opens when no
 * token can reach an empty incoming flow any more (`behaviors/join-rule.ts`, ADR 0005), takes one token of each flow
 * that has one; a second one on the same flow stays for the next firing. Attribute: `default`.
 */
export const inclusiveGateway: ElementBehavior<'inclusiveGateway'> = {
  type: 'inclusiveGateway',
  arrive(run, node, arrival) {
    if (node.incoming.length > 1) keepToken(run, node, arrival);
    else enterByToken(run, node, { scopeKey: arrival.scopeKey });
  },
  fire(run, node, { scopeKey, tokens }) {
    consumeTokens(run, tokens);
    enterByToken(run, node, { scopeKey });
  },
  activate: (run, _node, element) => completeElement(run, element.key),
};
