import type { ElementInstance, Token, Wait } from '../instance.ts';
import type { Key } from '../key.ts';
import type { FlowNode, ProcessModel } from '../model/process-model.ts';
import { reachOf } from '../model/reach.ts';

/** What the survey reads: an instance, or the draft of one. */
export interface TokenState {
  readonly elements: { get(key: Key): ElementInstance | undefined };
  readonly tokens: { get(key: Key): Token | undefined };
  readonly waits: { get(key: Key): readonly Wait[] | undefined };
  childrenOf(scopeKey: Key): { keys(): Iterable<Key> };
}

/** A node at which tokens of a scope wait for others. */
export interface WaitingJoin {
  readonly node: FlowNode;
  /**
   * `rule`: the inclusive join and a complex gateway that waits for its reset. `condition`: a complex gateway that waits
   * for its start. `count`: a parallel join and a start quantity. `busy`: a complex gateway that is stuck in an incident.
   */
  readonly opensBy: 'rule' | 'condition' | 'count' | 'busy';
  /** The oldest first. */
  readonly tokens: readonly Token[];
  /** Incoming flows with nothing that the join could take; for a reset, without those it took a token from before. */
  readonly emptyFlowIds: readonly string[];
  readonly resetting?: ElementInstance;
  /** What waits here since when: a key, because keys come in the order of time. */
  readonly age: Key;
}

/** Everything that lives in a scope, as the joins see it. */
export interface ScopeSurvey {
  /** The one whose token waits longest first. */
  readonly joins: readonly WaitingJoin[];
  /** Element instances whose tokens still move, or will when somebody does something. */
  readonly living: readonly ElementInstance[];
}

export function surveyScope(model: ProcessModel, state: TokenState, scopeKey: Key): ScopeSurvey {
  const tokens = new Map<string, Token[]>();
  for (const { kind, key } of state.waits.get(scopeKey) ?? []) {
    const token = kind === 'token' ? state.tokens.get(key) : undefined;
    if (token === undefined) continue;
    const before = tokens.get(token.elementId);
    if (before === undefined) tokens.set(token.elementId, [token]);
    else before.push(token);
  }
  const living: ElementInstance[] = [];
  const gateways = new Map<string, ElementInstance>();
  for (const key of state.childrenOf(scopeKey).keys()) {
    const element = state.elements.get(key);
    if (element === undefined) continue;
    if (element.elementType === 'complexGateway') gateways.set(element.elementId, element);
    if (!waitsForReset(element) && !hasNoToken(element)) living.push(element);
  }
  const places = new Set([
    ...tokens.keys(),
    ...[...gateways.values()].filter(waitsForReset).map((one) => one.elementId),
  ]);
  const joins = [...places].flatMap((id) => {
    const node = model.nodes.get(id);
    return node === undefined ? [] : [joinAt(node, tokens.get(id) ?? [], gateways.get(id))];
  });
  return { joins: joins.sort((a, b) => a.age - b.age), living };
}

function waitsForReset({ state, memory }: ElementInstance): boolean {
  return state === 'active' && memory?.complexGateway?.waitsForReset === true;
}

/** A scope that is only being undone, or a compensation event whose token has gone ahead (ADR 0007). */
function hasNoToken({ state, memory }: ElementInstance): boolean {
  return memory?.undoing?.ahead === true || (state === 'compensating' && memory?.canceled !== true);
}

function joinAt(node: FlowNode, tokens: readonly Token[], gateway: ElementInstance | undefined): WaitingJoin {
  const [oldest] = tokens;
  const resetting = gateway !== undefined && waitsForReset(gateway) ? gateway : undefined;
  const filled = new Set([
    ...tokens.map(({ flowId }) => flowId),
    ...(resetting?.memory?.complexGateway?.takenFlowIds ?? []),
  ]);
  return {
    node,
    opensBy: wayToOpen(node, gateway, resetting),
    tokens,
    emptyFlowIds: node.incoming.filter((flowId) => !filled.has(flowId)),
    ...(resetting === undefined ? {} : { resetting }),
    // A second token of a flow may have waited since before the gateway started.
    age: Math.min(resetting?.key ?? Infinity, oldest?.key ?? Infinity),
  };
}

function wayToOpen(
  { type }: FlowNode,
  gateway: ElementInstance | undefined,
  resetting: ElementInstance | undefined,
): WaitingJoin['opensBy'] {
  if (type === 'inclusiveGateway' || resetting !== undefined) return 'rule';
  if (type !== 'complexGateway') return 'count';
  return gateway === undefined ? 'condition' : 'busy';
}

/**
 * The incoming flows by which a token at this node keeps the join closed, or could still help to open it; empty when it
 * does neither. For the rule (BPMN 2.0.2 §13.4.3): flows that are empty, unless it can come by a flow that is not.
 */
export function waysInto(model: ProcessModel, join: WaitingJoin, nodeId: string): readonly string[] {
  const reachable = reachOf(model, join.node).get(nodeId);
  if (reachable === undefined) return [];
  if (join.opensBy === 'condition' || (join.node.type !== 'parallelGateway' && join.opensBy === 'count'))
    return [...reachable];
  const empty = join.emptyFlowIds.filter((flowId) => reachable.has(flowId));
  return join.opensBy === 'rule' && empty.length < reachable.size ? [] : empty;
}
