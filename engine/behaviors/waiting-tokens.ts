import type { Token } from '../instance.ts';
import type { Key } from '../key.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import type { Arrival } from './element-behavior.ts';
import { emit } from './emit.ts';
import { takeKey, type Run } from './run.ts';

/** A token arrives where it has to wait for others. */
export function keepToken(run: Run, node: FlowNode, { scopeKey, flowId }: Arrival): void {
  emit(run, {
    kind: 'tokenArrived',
    token: { key: takeKey(run), scopeKey, elementId: node.id, flowId, arrivedAt: run.now },
  });
}

/** The tokens that wait at a node, the oldest first. */
export function tokensAt(run: Run, node: FlowNode, scopeKey: Key): readonly Token[] {
  const tokens: Token[] = [];
  for (const { kind, key } of run.draft.waits.get(scopeKey) ?? []) {
    const token = kind === 'token' ? run.draft.tokens.get(key) : undefined;
    if (token?.elementId === node.id) tokens.push(token);
  }
  return tokens;
}

/** One token of each flow, the oldest; a second one on the same flow stays for the next firing. */
export function oldestPerFlow(tokens: readonly Token[]): readonly Token[] {
  const oldest: Token[] = [];
  for (const token of tokens) if (!oldest.some(({ flowId }) => flowId === token.flowId)) oldest.push(token);
  return oldest;
}

export function consumeTokens(run: Run, tokens: readonly Token[]): void {
  for (const token of tokens) emit(run, { kind: 'tokenConsumed', token });
}

/**
 * `startQuantity` (BPMN 2.0.2 table 10.3): tokens collect at the activity, from whichever flows, until there are enough
 * for it to begin. True when it begins now.
 */
export function hasStartQuantity(run: Run, node: FlowNode, arrival: Arrival): boolean {
  if (!isActivity(node) || node.startQuantity === undefined) return true;
  keepToken(run, node, arrival);
  const waiting = tokensAt(run, node, arrival.scopeKey);
  if (waiting.length < node.startQuantity) return false;
  consumeTokens(run, waiting.slice(0, node.startQuantity));
  return true;
}
