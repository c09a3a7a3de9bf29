import { assertNever } from '../../assert-never.ts';
import type { HistoryRecord } from '../../history-event.ts';
import type { ElementInstance } from '../../instance.ts';
import type { Key } from '../../key.ts';
import { definitionsOf } from '../../model/definitions-of.ts';
import type { FlowNode, ProcessModel } from '../../model/process-model.ts';

/**
 * An accountant of tokens who knows BPMN only by its tokens (2.0.2 §13.2) and reads nothing but history: every token that
 * takes a flow arrives where the flow leads, exactly once; nothing starts without a token or an event; every element that
 * completes gives the tokens its type says; a scope completes only when none is left on its way.
 */
export class TokenLedger {
  readonly #model: ProcessModel;
  /** Tokens on their way, by scope and target. */
  readonly #travelling = new Map<Key, Map<string, number>>();
  /** Tokens that wait at a join, by scope, node and flow; consumed ones let the join start. */
  readonly #waiting = new Map<string, number>();
  readonly #opened = new Map<string, number>();
  readonly #live = new Map<Key, ElementInstance>();
  /** What an operator starts by hand in this command. */
  #byHand: string[] = [];
  /** The element that has just completed, with the flows it has taken so far. */
  #leaving: { readonly element: ElementInstance; readonly taken: string[] } | null = null;

  constructor(model: ProcessModel) {
    this.#model = model;
  }

  /** Books the records of one command; throws at the first that does not balance. */
  book(records: readonly HistoryRecord[]): void {
    for (const { event } of records) {
      if (event.kind !== 'sequenceFlowTaken') this.#settleLeaving();
      switch (event.kind) {
        case 'elementActivated':
          this.#activated(event.element);
          break;
        case 'elementCompleted':
        case 'elementTerminated':
          this.#ended(event.elementInstanceKey, event.kind === 'elementCompleted');
          break;
        case 'sequenceFlowTaken':
          this.#took(event.flowId, event.scopeKey);
          break;
        case 'tokenArrived':
          this.#arrive(event.token.scopeKey, event.token.elementId);
          add(this.#waiting, tokenPlace(event.token), 1);
          break;
        case 'tokenConsumed':
          add(this.#waiting, tokenPlace(event.token), -1);
          add(this.#opened, `${event.token.scopeKey}/${event.token.elementId}`, 1);
          break;
        case 'instanceModified':
          this.#byHand.push(...event.activated);
          break;
        case 'elementRemembered':
          // Whatever was on its way in an interrupted scope, or an ad-hoc one whose condition holds, ends with it.
          if (event.memory.interruptedBy !== undefined || event.memory.adHoc?.closing === true) {
            this.#travelling.delete(event.elementInstanceKey);
          }
          break;
        default:
          break;
      }
    }
    this.#settleLeaving();
    this.#byHand = [];
    this.#atRest();
  }

  #activated(element: ElementInstance): void {
    this.#live.set(element.key, element);
    const { scopeKey, elementId } = element;
    // Held by what holds them, or made anew to be undone: they need no token.
    if (scopeKey === null || element.loopIndex !== null || isWithoutFlows(element)) return;
    const node = this.#node(elementId);
    if (startsWithoutToken(node)) return;
    const hand = this.#byHand.indexOf(elementId);
    if (hand >= 0) {
      this.#byHand.splice(hand, 1);
      return;
    }
    const join = `${scopeKey}/${elementId}`;
    if (this.#opened.delete(join)) return;
    this.#arrive(scopeKey, elementId);
  }

  #ended(key: Key, completed: boolean): void {
    const element = this.#live.get(key);
    if (element === undefined) throw new Error(`Expected ${key} to live when it ended`);
    this.#live.delete(key);
    // The tokens a complex gateway takes when it resets start nothing.
    if (element.elementType === 'complexGateway') this.#opened.delete(`${element.scopeKey}/${element.elementId}`);
    const left = total(this.#travelling.get(key));
    this.#travelling.delete(key);
    if (!completed) return;
    if (left > 0) throw new Error(`Expected no token on its way when ${element.elementId} completed, but ${left} were`);
    if (element.scopeKey !== null) this.#leaving = { element, taken: [] };
  }

  #took(flowId: string, scopeKey: Key): void {
    const flow = this.#model.flows.get(flowId);
    if (flow === undefined) throw new Error(`Expected ${flowId} to be a flow of the model`);
    const scope = this.#travelling.get(scopeKey) ?? new Map<string, number>();
    add(scope, flow.targetId, 1);
    this.#travelling.set(scopeKey, scope);
    if (this.#leaving?.element.elementId === flow.sourceId) this.#leaving.taken.push(flowId);
  }

  #arrive(scopeKey: Key, nodeId: string): void {
    const scope = this.#travelling.get(scopeKey);
    if ((scope?.get(nodeId) ?? 0) === 0) throw new Error(`Expected a token on its way to ${nodeId}, but there is none`);
    add(scope as Map<string, number>, nodeId, -1);
  }

  /** The flows an element took when it completed are those its type says. */
  #settleLeaving(): void {
    const leaving = this.#leaving;
    if (leaving === null) return;
    this.#leaving = null;
    const { element, taken } = leaving;
    const node = this.#node(element.elementId);
    const terminates = node.type === 'endEvent' && definitionsOf(node.event).some(({ kind }) => kind === 'terminate');
    if (terminates && element.scopeKey !== null) this.#travelling.delete(element.scopeKey);
    // The completion condition of an ad-hoc scope lets what follows the activity stand.
    const scope = element.scopeKey === null ? undefined : this.#live.get(element.scopeKey);
    if (scope?.elementType === 'adHocSubProcess' && taken.length === 0) return;
    if (!tookRightFlows(node, element, taken)) {
      throw new Error(`Expected ${node.type} ${node.id} to take its flows, but it took [${taken.join(', ')}]`);
    }
  }

  /** When a command has come to rest, every token is in an element or waits at a join. */
  #atRest(): void {
    for (const [scopeKey, scope] of this.#travelling) {
      if (!this.#live.has(scopeKey)) continue;
      for (const [nodeId, count] of scope) {
        if (count !== 0)
          throw new Error(`Expected every token to have arrived, but ${count} are on their way to ${nodeId}`);
      }
    }
  }

  #node(id: string): FlowNode {
    const node = this.#model.nodes.get(id);
    if (node === undefined) throw new Error(`Expected ${id} to be a node of the model`);
    return node;
  }
}

/** Started by its scope, an event, a jump: not by a token on a flow. */
function startsWithoutToken(node: FlowNode): boolean {
  if (node.incoming.length === 0) return true;
  return node.type === 'boundaryEvent' || node.type === 'startEvent';
}

/** A flow inside an ad-hoc sub-process, or a scope made anew to be undone. */
function isWithoutFlows({ elementType, state }: ElementInstance): boolean {
  return elementType === 'adHocInnerInstance' || state === 'compensating';
}

function tookRightFlows(node: FlowNode, element: ElementInstance, taken: readonly string[]): boolean {
  if (element.loopIndex !== null || isWithoutFlows(element)) return taken.length === 0;
  const ways = node.outgoing.length;
  switch (node.type) {
    case 'exclusiveGateway':
      return taken.length === Math.min(1, ways);
    case 'inclusiveGateway':
      return someOf(node.outgoing, taken);
    // None when it resets and no condition holds (§13.4.5).
    case 'complexGateway':
      return taken.length === 0 || someOf(node.outgoing, taken);
    case 'eventBasedGateway':
      return node.parallel ? taken.length <= ways : taken.length === 1;
    case 'startEvent':
    case 'endEvent':
    case 'intermediateCatchEvent':
    case 'intermediateThrowEvent':
    case 'boundaryEvent':
    case 'parallelGateway':
    case 'eventSubProcess':
    case 'task':
    case 'manualTask':
    case 'userTask':
    case 'serviceTask':
    case 'sendTask':
    case 'scriptTask':
    case 'businessRuleTask':
    case 'receiveTask':
    case 'subProcess':
    case 'adHocSubProcess':
    case 'transaction':
    case 'callActivity':
      return tookAll(node, taken);
    default:
      return assertNever(node);
  }
}

/** One or more of the ways out, each once. */
function someOf(outgoing: readonly string[], taken: readonly string[]): boolean {
  if (outgoing.length === 0) return taken.length === 0;
  return taken.length > 0 && new Set(taken).size === taken.length && taken.every((flow) => outgoing.includes(flow));
}

/** Every way out as often as `completionQuantity` says; where ways have conditions, some of them (§13.3.2). */
function tookAll(node: FlowNode, taken: readonly string[]): boolean {
  const quantity = 'completionQuantity' in node ? (node.completionQuantity ?? 1) : 1;
  if (node.defaultFlowId !== undefined) return someOf(node.outgoing, taken);
  const expected = node.outgoing.flatMap((flowId) => new Array<string>(quantity).fill(flowId));
  return [...taken].sort().join() === expected.sort().join();
}

function tokenPlace({ scopeKey, elementId, flowId }: { scopeKey: Key; elementId: string; flowId: string }): string {
  return `${scopeKey}/${elementId}/${flowId}`;
}

function add<K>(counts: Map<K, number>, key: K, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count < 0) throw new Error(`Expected a token at ${String(key)}, but there is none`);
  counts.set(key, count);
}

function total(counts: ReadonlyMap<string, number> | undefined): number {
  return [...(counts?.values() ?? [])].reduce((sum, count) => sum + count, 0);
}
