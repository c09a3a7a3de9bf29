/**
 * What the reader took for granted where a file of plain BPMN leaves open what an engine has to know (ADR 0013). Each is
 * shown as a warning of lint; none changes what an extension says.
 */
export interface Assumption {
  readonly kind: AssumptionKind;
  readonly at: { readonly id: string; readonly name: string } | null;
  /** The name that was taken, or what of the file is not executed. */
  readonly value: string;
}

export type AssumptionKind =
  /** A file that marks no process: those that are drawn run. */
  | 'executable'
  /** Work without a job type: the element id is the type. */
  | 'job-type'
  /** A script in another language: a job whose headers carry it. */
  | 'script-job'
  /** A FEEL script without a result variable. */
  | 'script-result'
  /** An event or task that names no message or signal: its element id is the name. */
  | 'message-name'
  | 'signal-name'
  /** A wait without a correlation key: by name alone. */
  | 'no-correlation-key'
  /** An error or escalation thrown without a code: for handlers of every code. */
  | 'no-code'
  /** The one way out of an exclusive split that has no condition: the default. */
  | 'default-flow'
  /** A transaction that can be canceled, with nothing to follow. */
  | 'no-cancel-boundary'
  /** A data store: a variable of the process instance. */
  | 'data-store'
  /** Data whose name and id are no variable names: what the name has of one. */
  | 'variable-name'
  /** A required input that no association fills: nothing is waited for. */
  | 'unfilled-input'
  /** A gateway whose `gatewayDirection` is not that of its flows: the flows count. */
  | 'gateway-direction'
  /** Legal, and nothing to an engine of this kind. */
  | 'not-executed';
