import type { Catches } from './instance.ts';
import type { VariableMap } from './json.ts';
import type { Key } from './key.ts';

/** What every command brings: the clock and the keys, because the engine has neither. */
export interface CommandContext {
  /** Epoch milliseconds, UTC. */
  readonly now: number;
  /** First free key; the engine takes as many as it needs in order and says where it stopped. */
  readonly firstKey: Key;
  /** Who asks: a username, or null for the engine's own timers and workers. */
  readonly by: string | null;
}

export interface StartInstance {
  readonly kind: 'startInstance';
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly deploymentKey: Key;
  readonly definitionVersion: number;
  readonly variables: VariableMap;
  /** Where to begin: a start event, or another of the model's `eventStarts`; the none start event when absent. */
  readonly startElementId?: string;
  /** Which of the definitions of a multiple start event happened; 0 when absent. */
  readonly startDefinitionIndex?: number;
  readonly businessId?: string;
  /** Started by a message of its model that is `byConversation`: the correlation key of that message. */
  readonly conversationKey?: string;
  readonly tags?: readonly string[];
  readonly parent?: {
    readonly rootProcessInstanceKey: Key;
    readonly processInstanceKey: Key;
    readonly elementInstanceKey: Key;
    readonly catches: Catches;
    /** Of the caller: what it starts while it is suspended is suspended, too. */
    readonly suspendedAt?: number | null;
  };
}
export interface CancelInstance {
  readonly kind: 'cancelInstance';
  /** True when the calling instance ends it; a called instance cannot be canceled by itself. */
  readonly byParent: boolean;
}
/** The instance stands still until it is resumed, and with it everything it has called. */
export interface SuspendInstance {
  readonly kind: 'suspendInstance';
  /** True when the calling instance passes it on; a called instance cannot be suspended by itself. */
  readonly byParent: boolean;
}
export interface ResumeInstance {
  readonly kind: 'resumeInstance';
  readonly byParent: boolean;
}
/**
 * What an operator does to the tokens by hand (Camunda 8 «modify process instance»): starts elements, ends element instances,
 * moves what stands at one element to another.
 */
export interface ModifyInstance {
  readonly kind: 'modifyInstance';
  readonly activate: readonly ActivateInstruction[];
  /** Keys of element instances. */
  readonly terminate: readonly Key[];
  readonly move: readonly MoveInstruction[];
}
export interface ActivateInstruction {
  readonly elementId: string;
  /** The element instance in which it starts, where there are several; scopes between the two are made anew. */
  readonly ancestorKey?: Key;
  readonly variables: readonly VariableInstruction[];
}
export interface VariableInstruction {
  /** The element itself or a scope around it; the process when absent. */
  readonly scopeId?: string;
  readonly variables: VariableMap;
}
/** Each element instance and each waiting token at the source ends, and for each the target starts once. */
export interface MoveInstruction {
  readonly sourceElementId: string;
  readonly targetElementId: string;
}
/**
 * Goes over to another version (or process): the execution is that of the target, with the model it comes from. What is
 * mapped keeps its rows; what cannot be mapped refuses the whole.
 */
export interface MigrateInstance {
  readonly kind: 'migrateInstance';
  readonly processDefinitionKey: Key;
  readonly deploymentKey: Key;
  readonly definitionVersion: number;
  readonly mapping: readonly MappingInstruction[];
  /** True: mapped timers are counted anew from now; else they keep their due date. */
  readonly recomputeTimers: boolean;
}
/** Elements, and sequence flows by which tokens wait at a join. */
export interface MappingInstruction {
  readonly sourceElementId: string;
  readonly targetElementId: string;
}
export interface SetVariables {
  readonly kind: 'setVariables';
  readonly scopeKey: Key;
  readonly variables: VariableMap;
  /** True: write into this scope only; false: into the nearest scope that has the variable, else the root. */
  readonly local: boolean;
}

export interface CompleteUserTask {
  readonly kind: 'completeUserTask';
  readonly userTaskKey: Key;
  readonly variables: VariableMap;
}
export interface AssignUserTask {
  readonly kind: 'assignUserTask';
  readonly userTaskKey: Key;
  /** Null gives the task back to its candidates. */
  readonly assignee: string | null;
  /** False: refuse when somebody else already holds the task. */
  readonly allowOverride: boolean;
}
export interface UpdateUserTask {
  readonly kind: 'updateUserTask';
  readonly userTaskKey: Key;
  readonly changes: UserTaskChanges;
}
export interface UserTaskChanges {
  readonly dueAt?: number | null;
  readonly followUpAt?: number | null;
  readonly candidateUsers?: readonly string[];
  readonly candidateGroups?: readonly string[];
  readonly priority?: number;
}

/** A modelled error of an activity that waits for something other than a job: a person finds that it cannot be done. */
export interface ThrowElementError {
  readonly kind: 'throwElementError';
  readonly elementInstanceKey: Key;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly variables: VariableMap;
}
/** An activity asks for help while it goes on, or is ended by who hears it (BPMN 2.0.2 §10.5.4). */
export interface ThrowElementEscalation {
  readonly kind: 'throwElementEscalation';
  readonly elementInstanceKey: Key;
  readonly escalationCode: string;
  readonly variables: VariableMap;
}

export interface CompleteJob {
  readonly kind: 'completeJob';
  readonly jobKey: Key;
  readonly variables: VariableMap;
}
export interface FailJob {
  readonly kind: 'failJob';
  readonly jobKey: Key;
  /** Tries left; 0 raises an incident. */
  readonly retries: number;
  /** Milliseconds before the next try; null: as the model says, else `defaultBackOff`. */
  readonly retryBackOff: number | null;
  /** For a job whose model names no delay; at once when absent. */
  readonly defaultBackOff?: number;
  readonly errorMessage: string;
  readonly variables: VariableMap;
}
export interface ThrowJobError {
  readonly kind: 'throwJobError';
  readonly jobKey: Key;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly variables: VariableMap;
}
export interface UpdateJobRetries {
  readonly kind: 'updateJobRetries';
  readonly jobKey: Key;
  readonly retries: number;
}

export interface FireTimer {
  readonly kind: 'fireTimer';
  readonly timerKey: Key;
}
export interface CorrelateMessage {
  readonly kind: 'correlateMessage';
  readonly subscriptionKey: Key;
  readonly messageKey: Key;
  readonly variables: VariableMap;
}
export interface TriggerSignal {
  readonly kind: 'triggerSignal';
  readonly subscriptionKey: Key;
  readonly variables: VariableMap;
}
export interface ResolveIncident {
  readonly kind: 'resolveIncident';
  readonly incidentKey: Key;
}

/** Starts activities of an ad-hoc sub-process by choice, each as often as one likes. */
export interface ActivateAdHocElements {
  readonly kind: 'activateAdHocElements';
  readonly adHocInstanceKey: Key;
  readonly elements: readonly { readonly elementId: string; readonly variables: VariableMap }[];
  /** True: what runs inside ends first. */
  readonly cancelRemaining: boolean;
}

/** The answers of a called instance, sent by its effects and executed in the same transaction. */
export interface CompleteCalledInstance {
  readonly kind: 'completeCalledInstance';
  readonly elementInstanceKey: Key;
  readonly variables: VariableMap;
  /** The child keeps records of what can be undone; no when absent. */
  readonly compensable?: boolean;
}
export interface ThrowCalledInstanceError {
  readonly kind: 'throwCalledInstanceError';
  readonly elementInstanceKey: Key;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly variables: VariableMap;
}
export interface ThrowCalledInstanceEscalation {
  readonly kind: 'throwCalledInstanceEscalation';
  readonly elementInstanceKey: Key;
  readonly escalationCode: string;
  readonly variables: VariableMap;
}
export interface RejectCalledInstance {
  readonly kind: 'rejectCalledInstance';
  readonly elementInstanceKey: Key;
  readonly message: string;
}

/** What a caller asks of a child that has completed; refused by any other. */
export interface CompensateInstance {
  readonly kind: 'compensateInstance';
  /** The element of the caller that waits for the answer. */
  readonly elementInstanceKey: Key;
  readonly catches: Catches;
}
export interface DropCompensations {
  readonly kind: 'dropCompensations';
}

export type EngineCommand =
  | StartInstance
  | CancelInstance
  | SuspendInstance
  | ResumeInstance
  | ModifyInstance
  | MigrateInstance
  | SetVariables
  | CompleteUserTask
  | AssignUserTask
  | UpdateUserTask
  | CompleteJob
  | FailJob
  | ThrowJobError
  | ThrowElementError
  | ThrowElementEscalation
  | UpdateJobRetries
  | FireTimer
  | CorrelateMessage
  | TriggerSignal
  | ResolveIncident
  | ActivateAdHocElements
  | CompleteCalledInstance
  | ThrowCalledInstanceError
  | ThrowCalledInstanceEscalation
  | RejectCalledInstance
  | CompensateInstance
  | DropCompensations;

export type CommandKind = EngineCommand['kind'];
export type Command = EngineCommand & CommandContext;
export type CommandOfKind<K extends CommandKind> = Extract<EngineCommand, { kind: K }> & CommandContext;
