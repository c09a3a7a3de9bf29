import type { Command } from '../command.ts';
import type { Effect } from '../effect.ts';
import type { ElementMemory, Occurrence } from '../instance.ts';
import type { InstanceDraft } from '../instance-draft.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { Library } from '../model/library.ts';
import type { FlowNode, ProcessModel } from '../model/process-model.ts';
import type { EventLog } from '../event-log.ts';
import type { Flights } from './flight.ts';
import type { Lots } from './multi-instance.ts';
import type { NodePlan, ProcessPlan } from './process-plan.ts';
import type { StepQueue } from './step-queue.ts';
import type { BehaviorLookup } from './element-behavior.ts';

/** One command being executed: where it reads, where it writes, what is still to do. */
export interface Run {
  readonly model: ProcessModel;
  readonly library: Library;
  /** Of a migration: the model by which the instance ran until now. */
  readonly migratesFrom: ProcessModel | undefined;
  readonly command: Command;
  readonly now: number;
  readonly draft: InstanceDraft;
  /** What has happened, in order. */
  readonly events: EventLog;
  readonly effects: Effect[];
  readonly behaviorOf: BehaviorLookup;
  /** Steps still to do; a queue and not recursion, so a long path cannot overflow the stack. */
  readonly pending: StepQueue;
  readonly flights: Flights;
  /** What this command has changed that a waiting condition may read; looked at when the steps are done. */
  readonly changed: ChangedVariables;
  readonly plan: ProcessPlan;
  /** Scopes in which a token has moved since their joins were last looked at; null for none. */
  moved: Set<Key> | null;
  nextKey: Key;
}

/** Each is made when there is something to note: most commands change nothing that anybody waits for. */
export interface ChangedVariables {
  names: Map<string, 'create' | 'update'> | null;
  /** Conditions that have just begun to wait, or stood still by an incident. */
  subscriptions: Set<Key> | null;
}

export type Step = ArriveStep | ActivateStep | UndoStep | ThrowStep;

/** A token has left the source of `flowId` and reaches its target. */
export interface ArriveStep {
  readonly kind: 'arrive';
  readonly scopeKey: Key;
  readonly plan: NodePlan;
  readonly flowId: string;
  /** Behind an event-based gateway: the event that happened there. */
  readonly occurrence: Occurrence | undefined;
}

/** An element starts without a sequence flow: start event, boundary event, loop iteration. */
export interface ActivateStep {
  readonly kind: 'activate';
  readonly scopeKey: Key;
  readonly node: FlowNode;
  readonly iteration?: Iteration;
  /** What it is given of its own: an activity that was chosen in an ad-hoc sub-process. */
  readonly variables?: VariableMap;
  readonly memory?: ElementMemory;
  /** What made it start: the event of a boundary event, an event sub-process, a process start. */
  readonly occurrence?: Occurrence;
}

/** Whoever undoes what has completed looks for the next thing to undo. */
export interface UndoStep {
  readonly kind: 'undo';
  readonly scopeKey: Key;
  readonly driverKey: Key;
}

/** An event throws when the tokens that moved together with its own have come to their places. */
export interface ThrowStep {
  readonly kind: 'throw';
  readonly scopeKey: Key;
  readonly elementKey: Key;
}

export interface Iteration {
  readonly index: number;
  /** Null in a loop without a collection. */
  readonly item: JsonValue;
  /** The last of a lot of a parallel loop: what the next lot is taken from. */
  readonly lots?: Lots;
}

/** A token has moved in a scope: its joins are to be looked at. */
export function noteMove(run: Run, scopeKey: Key): void {
  (run.moved ??= new Set()).add(scopeKey);
}

export function takeKey(run: Run): Key {
  const key = run.nextKey;
  run.nextKey += 1;
  return key;
}

export function nodeById(run: Run, nodeId: string): FlowNode {
  return planById(run, nodeId).node;
}

export function planById(run: Run, nodeId: string): NodePlan {
  const plan = run.plan.nodes.get(nodeId);
  if (plan === undefined) throw new Error(`Expected element ${nodeId} in process ${run.model.processId}`);
  return plan;
}

export function schedule(run: Run, step: Step): void {
  const flight = run.flights.of(step.scopeKey);
  flight.steps += 1;
  run.pending.add(step, flight);
}

/** Forgets the steps that a scope still had to do, because what lives in it ends now; the scope itself may stay. */
export function dropPending(run: Run, scopeKey: Key): void {
  const flight = run.flights.of(scopeKey);
  if (flight.steps === 0) return;
  flight.steps = 0;
  run.pending.forget(flight);
}
