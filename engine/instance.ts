import type { JsonValue, VariableMap } from './json.ts';
import type { KeySet } from './key-set.ts';
import type { Key } from './key.ts';
import type { BindingType, FlowNodeType, FormBinding } from './model/process-model.ts';
import type { RowView, Table } from './table.ts';
import type { TimerCycle } from './time/timer-cycle.ts';

/**
 * The whole state of one process instance: a header and tables of rows. Each table is persistent (copy-on-write by
 * leaf), so a step costs what it changes and an old instance stays readable after the step.
 */
export interface Instance {
  readonly header: InstanceHeader;
  /** Each live element instance with what hangs on it; the four views below read it. */
  readonly live: Table<LiveElement>;
  readonly elements: RowView<ElementInstance>;
  /** Keys of the live element instances inside each scope; an index over `elements`, never stored. */
  readonly children: RowView<KeySet>;
  /** What hangs on each element instance (tokens: on their scope); an index over the tables below, never stored. */
  readonly waits: RowView<readonly Wait[]>;
  /** Variables by the key of the scope that holds them. */
  readonly variables: RowView<ReadonlyMap<string, Variable>>;
  /** Tokens that wait at a joining gateway, or at an activity that needs several. */
  readonly tokens: Table<Token>;
  /** What a sequential loop goes over, by the key of its body. */
  readonly loopItems: Table<LoopItems>;
  readonly loopResults: Table<LoopResult>;
  /** Keys of the results of each loop body; an index over `loopResults`, never stored. */
  readonly resultsOf: Table<Table<true>>;
  /** Completed activities that can still be undone. */
  readonly compensations: Table<CompensationRecord>;
  /** Keys of the records of each scope; an index over `compensations`, never stored. */
  readonly records: Table<Table<Key>>;
  readonly userTasks: Table<UserTask>;
  readonly jobs: Table<Job>;
  readonly timers: Table<Timer>;
  readonly subscriptions: Table<Subscription>;
  readonly incidents: Table<Incident>;
}

/** A live element instance and its entries in the indexes: in one row, because a step that moves it changes them all. */
export interface LiveElement {
  readonly row: ElementInstance;
  readonly children: KeySet;
  readonly waits: readonly Wait[];
  /** Null for none. */
  readonly variables: ReadonlyMap<string, Variable> | null;
}

export type WaitKind = 'token' | 'userTask' | 'job' | 'timer' | 'subscription' | 'incident';

export interface Wait {
  readonly kind: WaitKind;
  readonly key: Key;
}

export type InstanceState = 'active' | 'completed' | 'terminated';

export interface InstanceHeader {
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly deploymentKey: Key;
  readonly processId: string;
  readonly definitionVersion: number;
  readonly versionTag: string | null;
  /** The root of the instance tree: the instance itself, or the one that called it first. */
  readonly rootProcessInstanceKey: Key;
  readonly parent: ParentReference | null;
  readonly businessId: string | null;
  /** The conversation in which a message of another pool started it; null: it may begin one, under the key of its root. */
  readonly conversationKey: string | null;
  readonly tags: readonly string[];
  readonly state: InstanceState;
  /** Epoch milliseconds, UTC. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Since when it stands still by order of an operator; null while it goes on, and once it has ended. */
  readonly suspendedAt: number | null;
  /** Number of history events so far; every accepted command adds some, so it also guards against a lost update. */
  readonly historyLength: number;
}

export interface ParentReference {
  readonly processInstanceKey: Key;
  readonly elementInstanceKey: Key;
  /** Error codes that a caller up the tree catches; an error nobody catches becomes an incident where it is thrown. */
  readonly catches: Catches;
}

/** What is caught above a called instance. */
export interface Catches {
  /** A handler without a code catches every error. */
  readonly all: boolean;
  /** Error codes with a handler of their own. */
  readonly codes: readonly string[];
  /** Escalation handlers, the first match in this order decides; null catches every code. */
  readonly escalations?: readonly { readonly code: string | null; readonly interrupting: boolean }[];
}

/**
 * `process` is the root scope, whose key is the process instance key; `multiInstanceBody` holds the iterations of a loop of
 * either kind; `adHocInnerInstance` holds one chosen activity of an ad-hoc sub-process and what follows it.
 */
export type ElementType = FlowNodeType | 'process' | 'multiInstanceBody' | 'adHocInnerInstance';

export interface ElementInstance {
  readonly key: Key;
  readonly elementId: string;
  readonly elementType: ElementType;
  /** Key of the element instance that contains this one; null for the process. */
  readonly scopeKey: Key | null;
  /** `compensating`: a scope in which everything that had completed is being undone (BPMN 2.0.2 figure 13.2). */
  readonly state: 'active' | 'completing' | 'compensating';
  readonly startedAt: number;
  /** Loop body: how many iterations there are (null for a standard loop, which does not know) and how many completed. */
  readonly loop: { readonly total: number | null; readonly completed: number } | null;
  /**
   * Iteration of a loop, counted from 0. Expressions see it as `loopCounter`: from 1 in a multi-instance activity (Camunda
   * 8), from 0 in a standard loop, where it is the number of passes already done.
   */
  readonly loopIndex: number | null;
  /** Call activity: the child instance. */
  readonly calledInstanceKey: Key | null;
  /** What only this kind of element has to remember; null for most. */
  readonly memory: ElementMemory | null;
}

/** Each property belongs to one kind of element; a change is recorded as `elementRemembered`. */
export interface ElementMemory {
  /** Scope: the event sub-process that has interrupted it; nothing else of the scope can start any more. */
  readonly interruptedBy?: string;
  /** Activity that waits for data: the required inputs that are not there; empty when they have come. */
  readonly missingInputs?: readonly string[];
  /** Activity with several input sets: the one that let it begin. */
  readonly inputSet?: number;
  /** Complex gateway: the flows it took a token from when it started, and whether it waits for its reset by now. */
  readonly complexGateway?: { readonly takenFlowIds: readonly string[]; readonly waitsForReset: boolean };
  /** Ad-hoc sub-process. */
  readonly adHoc?: AdHocMemory;
  /** Whoever undoes what has completed: a compensation event, a scope made anew, a canceled transaction. */
  readonly undoing?: Undoing;
  /** Scope: the compensation events that undo what is in it, in the order in which they were thrown. */
  readonly throwers?: readonly Key[];
  /** A compensation handler, or a scope or call that is undone: the element instance that waits for it. */
  readonly undoneFor?: Key;
  /** A scope made anew: the completed element instance whose records it works off. */
  readonly undoes?: Key;
  /** Call activity: outputs of the called process, by their names there, and what they are called here. */
  readonly outputNames?: Readonly<Record<string, string>>;
  /** Call activity: the child that has completed keeps something that can be undone. */
  readonly compensable?: boolean;
  /** Transaction: a cancel end event has stopped it. */
  readonly canceled?: boolean;
  /** Its job was completed while the instance was suspended: what the worker brought, for the resume. */
  readonly heldResult?: VariableMap;
}

export interface AdHocMemory {
  /** Whether anything has started inside. */
  readonly begun: boolean;
  /** Sequential ordering: the activities still to start, in this order. */
  readonly left: readonly string[];
  /** The completion condition has held: nothing more starts. */
  readonly closing: boolean;
}

export interface Undoing {
  /** Only what was recorded before this number of the history is undone. */
  readonly before: number;
  /** Undoes this activity only; null: everything in the scope. */
  readonly activityId: string | null;
  /** What undoes now: one thing after another. */
  readonly current: Key | null;
  /** `waitForCompletion="false"`: the token has gone on already. */
  readonly ahead?: boolean;
  /** A compensation event of several definitions: the place of the one that it throws next. */
  readonly next?: number;
}

export interface Variable {
  readonly variableKey: Key;
  readonly scopeKey: Key;
  readonly name: string;
  readonly value: JsonValue;
}

export interface Token {
  readonly key: Key;
  readonly scopeKey: Key;
  /** The gateway or activity at which the token waits. */
  readonly elementId: string;
  readonly flowId: string;
  readonly arrivedAt: number;
}

/** The snapshot of a collection taken when its loop began (written once, so a step does not rewrite it). */
export interface LoopItems {
  /** The key of the loop body. */
  readonly key: Key;
  readonly items: readonly JsonValue[];
}

/** BPMN 2.0.2 §13.5.5: an activity that has completed and can be undone. */
export interface CompensationRecord {
  /** The number of the history event that recorded it: the order of completion, which other keys do not tell (ADR 0007). */
  readonly key: Key;
  /**
   * The scope it lived in; a completed sub-process is itself recorded in the scope around it, a completed called
   * process under the call activity of its caller.
   */
  readonly scopeKey: Key;
  /** The element instance that completed. */
  readonly elementInstanceKey: Key;
  readonly elementId: string;
  readonly elementType: ElementType;
  /** The compensation handler attached to the activity; null for a scope or call whose inside is compensated. */
  readonly handlerId: string | null;
  /** A finished scope: its variables as they were when it ended. */
  readonly snapshot: VariableMap | null;
  /** Call activity: the completed child, which keeps records of its own. */
  readonly calledInstanceKey: Key | null;
}

export interface LoopResult {
  readonly key: Key;
  readonly bodyKey: Key;
  readonly index: number;
  readonly value: JsonValue;
}

export interface UserTask {
  readonly key: Key;
  readonly elementInstanceKey: Key;
  readonly elementId: string;
  readonly name: string;
  readonly assignee: string | null;
  readonly candidateUsers: readonly string[];
  readonly candidateGroups: readonly string[];
  /** Epoch milliseconds, UTC. */
  readonly dueAt: number | null;
  readonly followUpAt: number | null;
  /** 0–100, 50 by default, as in Camunda 8. */
  readonly priority: number;
  readonly form: TaskForm | null;
  /** `zeebe:taskHeaders`: what the model's author tells whoever shows or does the task. */
  readonly headers: Readonly<Record<string, string>>;
  readonly deadline: TaskDeadline | null;
  readonly createdAt: number;
}

export interface TaskForm {
  readonly formId: string;
  readonly formKey: Key;
  readonly bindingType: BindingType;
  readonly binding: FormBinding | null;
}

export interface TaskDeadline {
  readonly calendarId: string;
  readonly warnAt: number | null;
  readonly dueAt: number;
  readonly escalateTo: string | null;
  readonly warned: boolean;
  readonly breached: boolean;
  /** True when the calendar year it was counted by is provisional. */
  readonly provisional: boolean;
}

export interface Job {
  readonly key: Key;
  readonly elementInstanceKey: Key;
  readonly elementId: string;
  readonly type: string;
  readonly retries: number;
  /** The higher, the earlier it is offered; 0 unless the model says otherwise. */
  readonly priority: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch milliseconds before which the job is not offered to workers. */
  readonly availableAt: number;
  readonly errorMessage: string | null;
  readonly createdAt: number;
}

export type TimerPurpose = 'event' | 'deadlineWarning' | 'deadlineBreach';

export interface Timer {
  readonly key: Key;
  /** The element instance that waits: the catch event, or the host of a boundary event or deadline. */
  readonly elementInstanceKey: Key;
  /** The event's id; the user task's id for a deadline. */
  readonly elementId: string;
  readonly purpose: TimerPurpose;
  readonly dueAt: number;
  /** A cycle as written and the instant it is counted from, so that its fires do not drift; null fires once. */
  readonly cycle: TimerCycle | null;
}

/** An open wait for something that happens outside the element: a message, a signal, a condition that becomes true. */
export type Subscription = MessageSubscription | SignalSubscription | ConditionSubscription;

interface SubscriptionBase {
  readonly key: Key;
  /** The element instance that waits: the catch event, the host of a boundary event, the scope of an event sub-process. */
  readonly elementInstanceKey: Key;
  /** The event's id. */
  readonly elementId: string;
  readonly interrupting: boolean;
  readonly openedAt: number;
}
export interface MessageSubscription extends SubscriptionBase {
  readonly kind: 'message';
  readonly messageName: string;
  readonly correlationKey: string;
}
export interface SignalSubscription extends SubscriptionBase {
  readonly kind: 'signal';
  readonly signalName: string;
}
export interface ConditionSubscription extends SubscriptionBase {
  readonly kind: 'condition';
  /** Which of the definitions of a multiple event it is; 0 for a single one. */
  readonly definitionIndex: number;
  /** What the condition gave when last looked at: it fires when this turns from false to true. */
  readonly holds: boolean;
}

export type IncidentType =
  | 'IO_MAPPING_ERROR'
  | 'EXTRACT_VALUE_ERROR'
  | 'CONDITION_ERROR'
  | 'JOB_NO_RETRIES'
  | 'UNHANDLED_ERROR_EVENT'
  | 'CALLED_ELEMENT_ERROR'
  | 'CALLED_DECISION_ERROR'
  | 'DECISION_EVALUATION_ERROR'
  | 'FORM_NOT_FOUND'
  | 'STEP_LIMIT_EXCEEDED'
  | 'DEADLOCK';

export interface Incident {
  readonly key: Key;
  readonly elementInstanceKey: Key;
  readonly elementId: string;
  readonly type: IncidentType;
  readonly message: string;
  readonly jobKey: Key | null;
  /** What is tried again when the incident is resolved. */
  readonly retry: IncidentRetry;
  readonly createdAt: number;
}

/** What has happened before an element is entered, so that it has nothing left to wait for. */
export interface Occurrence {
  readonly variables: VariableMap;
  /** Which of the definitions of a multiple event happened; 0 for a single one. */
  readonly definitionIndex: number;
  /** Event sub-process or instantiating gateway: the event inside or behind it. */
  readonly eventId?: string;
}

export type IncidentRetry =
  | {
      readonly kind: 'activate';
      readonly occurrence?: Occurrence;
      /** The boundary events are open since the first try. */
      readonly boundariesOpen?: true;
    }
  /** Opens the event sub-processes of the process and starts it. */
  | { readonly kind: 'start'; readonly occurrence: Occurrence | null }
  /** Looks again at the conditions that wait. */
  | { readonly kind: 'conditions' }
  /** Opens once more an event that has happened and may happen again. */
  | { readonly kind: 'reopen'; readonly eventId: string }
  | {
      readonly kind: 'complete';
      /** The output mappings are done since the first try. */
      readonly outputsMapped?: true;
    }
  /** Looks again whether a gateway opens. */
  | { readonly kind: 'join' }
  | { readonly kind: 'job' }
  /** Looks again whether the scope can complete. */
  | { readonly kind: 'settle' };
