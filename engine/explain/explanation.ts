import type { ElementType, IncidentType, InstanceState } from '../instance.ts';
import type { Key } from '../key.ts';

/*
 * Why an instance does not go on, as facts with stable kinds: the words for people are made where they are shown.
 * Instants are epoch milliseconds.
 */

export interface InstanceExplanation {
  readonly processInstanceKey: Key;
  readonly processId: string;
  readonly state: InstanceState;
  /** Every element instance that lives, and every join at which tokens wait, in the order in which they began. */
  readonly places: readonly PlaceExplanation[];
}

export interface PlaceExplanation {
  /** Null where tokens wait to enter: a joining gateway, an activity that needs several. */
  readonly elementInstanceKey: Key | null;
  readonly elementId: string;
  readonly elementName: string;
  readonly elementType: ElementType;
  /** The element instance around it; null for the process. */
  readonly scopeKey: Key | null;
  /** An iteration of a loop: which one, from 0, of how many; `total` is null when nobody knows beforehand. */
  readonly iteration: { readonly index: number; readonly total: number | null } | null;
  readonly since: number;
  /** Whether one of the things it waits for is enough. */
  readonly needs: 'any' | 'all';
  readonly waitsFor: readonly WaitReason[];
  /** What may still happen beside or instead: its boundary events; event sub-processes of a scope. */
  readonly couldHappen: readonly PossibleEvent[];
}

export type WaitReason =
  | UserTaskReason
  | JobReason
  | Trigger
  | IncidentReason
  | CalledInstanceReason
  | InnerReason
  | IterationsReason
  | AdHocReason
  | CompensationReason
  | JoinReason
  | StartQuantityReason;

export interface UserTaskReason {
  readonly kind: 'userTask';
  readonly userTaskKey: Key;
  readonly assignee: string | null;
  readonly candidateUsers: readonly string[];
  readonly candidateGroups: readonly string[];
  readonly dueAt: number | null;
  readonly overdue: boolean;
  readonly since: number;
}
export interface JobReason {
  readonly kind: 'job';
  readonly jobKey: Key;
  readonly type: string;
  /** 0: an incident waits beside it. */
  readonly retries: number;
  /** What the last try failed with. */
  readonly errorMessage: string | null;
  /** A worker may take it from then on. */
  readonly availableAt: number;
  readonly backingOff: boolean;
  readonly since: number;
}

/** An event for which something is open. `eventId` is the element itself, or an event behind the gateway. */
export type Trigger = TimerTrigger | MessageTrigger | SignalTrigger | ConditionTrigger;
interface TriggerBase {
  readonly eventId: string;
  readonly eventName: string;
}
export interface TimerTrigger extends TriggerBase {
  readonly kind: 'timer';
  readonly timerKey: Key;
  readonly dueAt: number;
  readonly overdue: boolean;
  readonly repeats: boolean;
}
export interface MessageTrigger extends TriggerBase {
  readonly kind: 'message';
  readonly subscriptionKey: Key;
  readonly messageName: string;
  readonly correlationKey: string;
  readonly since: number;
}
export interface SignalTrigger extends TriggerBase {
  readonly kind: 'signal';
  readonly subscriptionKey: Key;
  readonly signalName: string;
  readonly since: number;
}
export interface ConditionTrigger extends TriggerBase {
  readonly kind: 'condition';
  readonly subscriptionKey: Key;
  /** The FEEL of the model. */
  readonly condition: string;
  /** It held when last looked at: it must become false before it can happen again. */
  readonly holds: boolean;
  readonly since: number;
}

export interface IncidentReason {
  readonly kind: 'incident';
  readonly incidentKey: Key;
  readonly type: IncidentType;
  /** The node to show; not always the element that waits. */
  readonly elementId: string;
  readonly message: string;
  /** False: only an event of it stands still, and the element goes on. */
  readonly stopsElement: boolean;
  readonly since: number;
}
export interface CalledInstanceReason {
  readonly kind: 'calledInstance';
  readonly processInstanceKey: Key;
  /** A process id, or the FEEL that gives it. */
  readonly calledElement: string;
}
/** A scope ends when nothing lives inside it. */
export interface InnerReason {
  readonly kind: 'inner';
  readonly elementInstanceKeys: readonly Key[];
  /** Tokens that wait at a join inside. */
  readonly tokenKeys: readonly Key[];
}
export interface IterationsReason {
  readonly kind: 'iterations';
  readonly total: number | null;
  readonly completed: number;
  readonly running: readonly Key[];
}

/** An ad-hoc sub-process: until its condition holds; without one, until everything that began has ended. */
export interface AdHocReason {
  readonly kind: 'adHoc';
  readonly running: readonly Key[];
  /** Activities that somebody may start now. */
  readonly couldStart: readonly string[];
  /** Sequential: what starts by itself when the one that runs has ended, in this order. */
  readonly next: readonly string[];
  /** The FEEL of the model. */
  readonly completionCondition: string | null;
}

/** A compensation event, a scope made anew, a canceled transaction: until what had completed is undone (§13.5.5). */
export interface CompensationReason {
  readonly kind: 'compensation';
  /** Only this activity is undone; null: everything in the scope. */
  readonly activityId: string | null;
  /** What undoes now, one after another; null while another event undoes the same scope first. */
  readonly currentId: string | null;
}

export interface WaitingToken {
  readonly tokenKey: Key;
  readonly flowId: string;
  readonly arrivedAt: number;
}
export interface JoinReason {
  readonly kind: 'join';
  /**
   * `everyFlow`: a token on each incoming flow (parallel). `nothingElse`: until no other token can come (inclusive; complex
   * that waits for its reset). `condition`: its activation condition (complex). `incident`: until its own is resolved.
   */
  readonly opensBy: 'everyFlow' | 'nothingElse' | 'condition' | 'incident';
  readonly condition: string | null;
  readonly tokens: readonly WaitingToken[];
  /** Nobody is left who could come by an `everyFlow` flow whose `comesFrom` is empty: it stays closed. */
  readonly closedBy: readonly ClosingFlow[];
}
/** An empty incoming flow, with the places from which a token could still come by it. */
export interface ClosingFlow {
  readonly flowId: string;
  readonly comesFrom: readonly TokenSource[];
}
export interface TokenSource {
  readonly elementId: string;
  readonly elementInstanceKey: Key | null;
  /** Waits at another join. */
  readonly tokenKey: Key | null;
}
export interface StartQuantityReason {
  readonly kind: 'startQuantity';
  readonly needed: number;
  readonly tokens: readonly WaitingToken[];
  readonly comesFrom: readonly TokenSource[];
}

/** Something that may happen to a place and is not what it waits for. */
export interface PossibleEvent {
  readonly place: 'boundary' | 'eventSubProcess';
  readonly eventId: string;
  readonly eventName: string;
  readonly interrupting: boolean;
  readonly trigger: Trigger | CaughtTrigger;
}
/** Found when it is thrown, so nothing is open for it. */
export type CaughtTrigger =
  /** `code` null: every one. */
  { readonly kind: 'error' | 'escalation'; readonly code: string | null } | { readonly kind: 'cancel' };
