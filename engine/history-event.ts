import type { DecisionTrace } from './decisions/decision-trace.ts';
import type {
  CompensationRecord,
  ElementInstance,
  ElementMemory,
  Incident,
  InstanceHeader,
  Job,
  LoopResult,
  ParentReference,
  Subscription,
  Timer,
  Token,
  UserTask,
  Variable,
} from './instance.ts';
import type { UserTaskChanges } from './command.ts';
import type { JsonValue } from './json.ts';
import type { Key } from './key.ts';

/**
 * What happened, in the past tense. Applying the events of an instance in order gives its state; nothing else writes
 * it. History is an audit log and a test oracle: the stored rows are the truth, so events may change shape between
 * releases.
 */
export type HistoryEvent =
  | { readonly kind: 'instanceStarted'; readonly header: InstanceHeader }
  | { readonly kind: 'instanceCompleted' }
  | { readonly kind: 'instanceTerminated' }
  | { readonly kind: 'instanceSuspended' }
  | { readonly kind: 'instanceResumed' }
  /** It goes on by another version; where each of its elements stands there follows. */
  | {
      readonly kind: 'instanceMigrated';
      readonly processDefinitionKey: Key;
      readonly deploymentKey: Key;
      readonly processId: string;
      readonly definitionVersion: number;
      readonly versionTag: string | null;
    }
  | {
      readonly kind: 'elementMigrated';
      readonly elementInstanceKey: Key;
      readonly fromElementId: string;
      readonly elementId: string;
      readonly memory: ElementMemory | null;
      /** What the events whose waits hang on it are called from now on. */
      readonly events: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'tokenMigrated'; readonly token: Token }
  | { readonly kind: 'compensationMigrated'; readonly record: CompensationRecord }
  /** An operator has changed the tokens by hand; what came of it follows. */
  | {
      readonly kind: 'instanceModified';
      readonly activated: readonly string[];
      readonly terminated: readonly string[];
    }
  | { readonly kind: 'elementActivated'; readonly element: ElementInstance }
  | { readonly kind: 'elementCompleting'; readonly elementInstanceKey: Key; readonly elementId: string }
  | { readonly kind: 'elementCompleted'; readonly elementInstanceKey: Key; readonly elementId: string }
  | { readonly kind: 'elementTerminated'; readonly elementInstanceKey: Key; readonly elementId: string }
  | {
      readonly kind: 'elementRemembered';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      /** Replaces what it names; the rest stays. */
      readonly memory: ElementMemory;
    }
  /** A scope stops, and what has completed in it begins to be undone. */
  | { readonly kind: 'elementCompensating'; readonly elementInstanceKey: Key; readonly elementId: string }
  | { readonly kind: 'compensationRecorded'; readonly record: CompensationRecord }
  /** The record is used up; its handler, or what lies inside it, comes next. */
  | { readonly kind: 'compensationStarted'; readonly recordKey: Key; readonly elementId: string }
  /** Nothing that completed in this scope can be undone any more. */
  | { readonly kind: 'compensationsDropped'; readonly scopeKey: Key }
  /** A completed called process begins to undo itself for its caller. */
  | { readonly kind: 'instanceReopened'; readonly parent: ParentReference }
  | { readonly kind: 'sequenceFlowTaken'; readonly flowId: string; readonly scopeKey: Key }
  | { readonly kind: 'tokenArrived'; readonly token: Token }
  | { readonly kind: 'tokenConsumed'; readonly token: Token }
  | { readonly kind: 'variableCreated'; readonly variable: Variable }
  | { readonly kind: 'variableUpdated'; readonly variable: Variable }
  | {
      readonly kind: 'loopStarted';
      readonly elementInstanceKey: Key;
      /** Null: a standard loop, which does not know. */
      readonly total: number | null;
      /** The snapshot that a sequential loop takes from; null when its iterations do not need one. */
      readonly items: readonly JsonValue[] | null;
    }
  | {
      readonly kind: 'loopIterationCompleted';
      readonly bodyKey: Key;
      readonly index: number;
      readonly result: LoopResult | null;
    }
  | { readonly kind: 'userTaskCreated'; readonly userTask: UserTask }
  | {
      readonly kind: 'userTaskAssigned';
      readonly userTaskKey: Key;
      readonly elementId: string;
      readonly assignee: string | null;
    }
  | {
      readonly kind: 'userTaskUpdated';
      readonly userTaskKey: Key;
      readonly elementId: string;
      readonly changes: UserTaskChanges;
    }
  | { readonly kind: 'userTaskCompleted'; readonly userTaskKey: Key; readonly elementId: string }
  | { readonly kind: 'userTaskCanceled'; readonly userTaskKey: Key; readonly elementId: string }
  | { readonly kind: 'deadlineWarned'; readonly userTaskKey: Key; readonly elementId: string }
  | {
      readonly kind: 'deadlineBreached';
      readonly userTaskKey: Key;
      readonly elementId: string;
      readonly escalatedTo: string | null;
    }
  | { readonly kind: 'jobCreated'; readonly job: Job }
  | { readonly kind: 'jobCompleted'; readonly jobKey: Key; readonly elementId: string }
  | {
      readonly kind: 'jobFailed';
      readonly jobKey: Key;
      readonly elementId: string;
      readonly retries: number;
      readonly availableAt: number;
      readonly errorMessage: string;
    }
  | { readonly kind: 'jobRetriesUpdated'; readonly jobKey: Key; readonly elementId: string; readonly retries: number }
  | {
      readonly kind: 'jobErrorThrown';
      readonly jobKey: Key;
      readonly elementId: string;
      readonly errorCode: string;
      readonly errorMessage: string;
    }
  | { readonly kind: 'jobCanceled'; readonly jobKey: Key; readonly elementId: string }
  | { readonly kind: 'timerScheduled'; readonly timer: Timer }
  | { readonly kind: 'timerFired'; readonly timerKey: Key; readonly elementId: string }
  | { readonly kind: 'timerCanceled'; readonly timerKey: Key; readonly elementId: string }
  /** Its time passed while nobody could fire it, and its misfire policy lets that go. */
  | { readonly kind: 'timerSkipped'; readonly timerKey: Key; readonly elementId: string }
  | { readonly kind: 'subscriptionOpened'; readonly subscription: Subscription }
  | {
      readonly kind: 'messageCorrelated';
      readonly subscriptionKey: Key;
      readonly elementId: string;
      readonly messageName: string;
      readonly messageKey: Key;
      /** False for a non-interrupting event, which goes on waiting. */
      readonly closes: boolean;
    }
  | { readonly kind: 'subscriptionClosed'; readonly subscriptionKey: Key; readonly elementId: string }
  | {
      readonly kind: 'messageSent';
      readonly elementId: string;
      readonly messageName: string;
      readonly correlationKey: string;
    }
  | {
      readonly kind: 'signalReceived';
      readonly subscriptionKey: Key;
      readonly elementId: string;
      readonly signalName: string;
      /** False for a non-interrupting event, which goes on waiting. */
      readonly closes: boolean;
    }
  | { readonly kind: 'signalBroadcast'; readonly elementId: string; readonly signalName: string }
  | {
      readonly kind: 'conditionChanged';
      readonly subscriptionKey: Key;
      readonly elementId: string;
      /** True: the event happens now. */
      readonly holds: boolean;
    }
  | { readonly kind: 'escalationThrown'; readonly elementId: string; readonly escalationCode: string }
  | { readonly kind: 'escalationCaught'; readonly elementId: string; readonly escalationCode: string }
  | {
      readonly kind: 'decisionEvaluated';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      /** Of this evaluation: an element may evaluate several times, when a failed one is tried again. */
      readonly evaluationKey: Key;
      readonly decisionKey: Key;
      readonly version: number;
      /** With `failure` when there is no result; an incident follows. */
      readonly trace: DecisionTrace;
    }
  | {
      readonly kind: 'calledInstanceStarted';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly processInstanceKey: Key;
      readonly processId: string;
    }
  | {
      readonly kind: 'errorCaught';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly errorCode: string;
      readonly errorMessage: string;
    }
  | { readonly kind: 'incidentRaised'; readonly incident: Incident }
  | { readonly kind: 'incidentResolved'; readonly incidentKey: Key; readonly elementId: string };

export type HistoryKind = HistoryEvent['kind'];
export type HistoryEventOfKind<K extends HistoryKind> = Extract<HistoryEvent, { kind: K }>;

/** A history event as recorded: numbered per instance without gaps, with the clock and the person. */
export interface HistoryRecord {
  /** Counts from 1 per instance, gap-free. */
  readonly sequence: number;
  /** Epoch milliseconds, UTC. */
  readonly at: number;
  readonly by: string | null;
  readonly event: HistoryEvent;
}
