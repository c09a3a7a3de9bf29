import type { ElementInstance, Occurrence, Token } from '../instance.ts';
import type { FlowNode, FlowNodeType, NodeOfType } from '../model/process-model.ts';
import type { Way } from './process-plan.ts';
import type { Run } from './run.ts';

/**
 * What one BPMN element does. The engine calls the steps in order; a step evaluates every expression it needs before
 * its first `emit`, and raises a `Stuck` when one fails, so an incident can be retried from the start of the step.
 */
export interface ElementBehavior<T extends FlowNodeType> {
  readonly type: T;
  /**
   * A token arrives by a sequence flow. Default: activate at once.
   * Allowed: record the token; activate when the join is complete.
   */
  arrive?(run: Run, node: NodeOfType<T>, arrival: Arrival): void;
  /**
   * The join opens, at a moment when nothing else moves (`fire-joins.ts`).
   * Allowed: consume the tokens. Next step: `enterByToken`, or `completeElement` for one that resets.
   */
  fire?(run: Run, node: NodeOfType<T>, firing: Firing): void;
  /**
   * The element instance exists, its input mappings are done and its boundary events are open.
   * Allowed: create a wait (user task, job, timer, subscription, called instance) or activate inner elements; with an
   * `occurrence` what it would wait for has happened already.
   * Next step: `completeElement`, now or when the wait ends.
   */
  activate(run: Run, node: NodeOfType<T>, element: ElementInstance, occurrence?: Occurrence): void;
  /**
   * Which outgoing flows get a token when the element completes. Default: all of them.
   * Allowed: evaluate conditions. Next step: the targets are activated.
   */
  chooseFlows?(run: Run, node: NodeOfType<T>, element: ElementInstance): readonly Way[];
  /**
   * The element has completed and its flows are taken.
   * Allowed: end the scope (terminate end event), throw (error end event).
   */
  afterComplete?(run: Run, node: NodeOfType<T>, element: ElementInstance): void;
}

export interface Arrival {
  readonly scopeKey: number;
  readonly flowId: string;
}

export interface Firing {
  readonly scopeKey: number;
  /** The oldest token of each flow that has one and that the join still takes from. */
  readonly tokens: readonly Token[];
  /** Complex gateway: the element instance that waits for its reset. */
  readonly resetting?: ElementInstance;
}

/** The behaviors by element type, passed in so that behaviors never import elements. */
export type BehaviorLookup = (node: FlowNode) => ElementBehavior<FlowNodeType>;
