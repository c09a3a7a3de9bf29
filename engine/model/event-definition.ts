import type { Expression } from '../expressions/expression.ts';
import type { JobDefinition, MessageDefinition, TimerDefinition } from './process-model.ts';

/** What an event waits for or does (BPMN 2.0.2 §10.5.5); which of them may stand where is said in `bpmn/compile-event.ts`. */
export type EventDefinition = SingleEventDefinition | MultipleEventDefinition;

export type SingleEventDefinition =
  | NoneEventDefinition
  | TimerEventDefinition
  | MessageEventDefinition
  | SignalEventDefinition
  | ConditionalEventDefinition
  | ErrorEventDefinition
  | EscalationEventDefinition
  | CompensateEventDefinition
  | CancelEventDefinition
  | LinkEventDefinition
  | TerminateEventDefinition;

export interface NoneEventDefinition {
  readonly kind: 'none';
}
export interface TimerEventDefinition {
  readonly kind: 'timer';
  readonly timer: TimerDefinition;
}
export interface MessageEventDefinition {
  readonly kind: 'message';
  readonly message: MessageDefinition;
  /** A throwing message may be done by a job worker (`zeebe:taskDefinition`), as in Camunda 8. */
  readonly job?: JobDefinition;
}
export interface SignalEventDefinition {
  readonly kind: 'signal';
  /** Evaluated when the event opens or throws. */
  readonly name: Expression;
}
export interface ConditionalEventDefinition {
  readonly kind: 'conditional';
  readonly condition: Expression;
  /** `zeebe:conditionalFilter`: only a change of these variables is looked at; all when absent. */
  readonly variableNames?: readonly string[];
  /** `zeebe:conditionalFilter`: only these kinds of change are looked at; all when absent. */
  readonly variableEvents?: readonly ('create' | 'update')[];
}
export interface ErrorEventDefinition {
  readonly kind: 'error';
  /** Absent: catches every error. */
  readonly code?: string;
}
export interface EscalationEventDefinition {
  readonly kind: 'escalation';
  /** Absent: catches every escalation. */
  readonly code?: string;
}
export interface CompensateEventDefinition {
  readonly kind: 'compensate';
  /** The one activity to undo; absent: everything that has completed in the scope. */
  readonly activityId?: string;
  /** False: the thrower does not wait until everything is undone. */
  readonly waitForCompletion: boolean;
}
export interface CancelEventDefinition {
  readonly kind: 'cancel';
}
export interface LinkEventDefinition {
  readonly kind: 'link';
  readonly linkName: string;
}
export interface TerminateEventDefinition {
  readonly kind: 'terminate';
}
/** Several definitions in one event: any of them catches, or with `parallel` all of them together; all are thrown. */
export interface MultipleEventDefinition {
  readonly kind: 'multiple';
  readonly parallel: boolean;
  readonly definitions: readonly SingleEventDefinition[];
}
