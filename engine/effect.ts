import type { Catches } from './instance.ts';
import type { VariableMap } from './json.ts';
import type { Key } from './key.ts';

/**
 * What leaves the instance. Waits (jobs, timers, subscriptions, user tasks) are rows of the instance itself and are
 * stored with it; an effect is addressed to another instance. Effects within the instance tree run in the same
 * transaction; `publishMessage`, `broadcastSignal` and `notifyDeadline` go through the outbox after it.
 */
export type Effect =
  | {
      readonly kind: 'startCalledInstance';
      readonly processInstanceKey: Key;
      readonly processDefinitionKey: Key;
      readonly rootProcessInstanceKey: Key;
      readonly parentProcessInstanceKey: Key;
      readonly elementInstanceKey: Key;
      readonly catches: Catches;
      readonly variables: VariableMap;
      readonly businessId: string | null;
      readonly conversationKey: string | null;
    }
  | { readonly kind: 'cancelCalledInstance'; readonly processInstanceKey: Key }
  | { readonly kind: 'suspendCalledInstance'; readonly processInstanceKey: Key }
  | { readonly kind: 'resumeCalledInstance'; readonly processInstanceKey: Key }
  | {
      readonly kind: 'completeCallActivity';
      readonly processInstanceKey: Key;
      readonly elementInstanceKey: Key;
      readonly variables: VariableMap;
      /** The child keeps records of what can be undone; it stays addressable by the two effects below. */
      readonly compensable: boolean;
    }
  | {
      /** To a completed child: undo yourself, then answer this element by `completeCallActivity` (§13.5.5). */
      readonly kind: 'compensateCalledInstance';
      readonly processInstanceKey: Key;
      readonly elementInstanceKey: Key;
      readonly catches: Catches;
    }
  /** To a completed child: nobody can ask you to undo yourself any more. */
  | { readonly kind: 'dropCompensations'; readonly processInstanceKey: Key }
  | {
      readonly kind: 'throwErrorInParent';
      readonly processInstanceKey: Key;
      readonly elementInstanceKey: Key;
      readonly errorCode: string;
      readonly errorMessage: string;
      readonly variables: VariableMap;
    }
  | {
      readonly kind: 'throwEscalationInParent';
      readonly processInstanceKey: Key;
      readonly elementInstanceKey: Key;
      readonly escalationCode: string;
      readonly variables: VariableMap;
    }
  | {
      /** To every subscription open now, in all instances, and every signal start event (§10.5.1). */
      readonly kind: 'broadcastSignal';
      /** Unique: the key of the element instance that throws, with the place of the definition in it. */
      readonly signalId: string;
      readonly name: string;
      readonly variables: VariableMap;
    }
  | {
      /** A deadline is near or has passed; the shell tells the people concerned. */
      readonly kind: 'notifyDeadline';
      readonly reason: 'warned' | 'breached';
      readonly userTaskKey: Key;
      readonly elementId: string;
      readonly taskName: string;
      readonly users: readonly string[];
      readonly groups: readonly string[];
      readonly dueAt: number;
    }
  | {
      readonly kind: 'publishMessage';
      /** Unique: the key of the element instance that sends, with the place among the messages it sends. */
      readonly messageId: string;
      readonly name: string;
      readonly correlationKey: string;
      readonly timeToLive: number;
      readonly variables: VariableMap;
    };
