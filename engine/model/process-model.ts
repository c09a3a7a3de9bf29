import type { Expression } from '../expressions/expression.ts';
import type { Assumption } from './assumption.ts';
import type { MisfirePolicy } from '../time/timer-cycle.ts';
import type { Associations, InputSet, OutputSet } from './association.ts';
import type { EventDefinition, SingleEventDefinition } from './event-definition.ts';

/** One executable process of a BPMN file, compiled once at deployment and frozen. */
export interface ProcessModel {
  readonly processId: string;
  readonly name: string;
  readonly versionTag?: string;
  /** Flow nodes by id, at every depth. */
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly flows: ReadonlyMap<string, SequenceFlow>;
  /** The process itself and each sub-process, by id: where its tokens start. */
  readonly scopes: ReadonlyMap<string, ScopeModel>;
  readonly caseView?: CaseView;
  readonly io?: ProcessIo;
  /** What the file left open and the reader took for granted (ADR 0013); absent: nothing. */
  readonly assumptions?: readonly Assumption[];
  /** Of jobs whose element has none of its own. */
  readonly jobPriority?: Expression;
}

/** `ioSpecification` of a process or global task (§10.4.1): what it is not started without, and what it hands to its caller. */
export interface ProcessIo {
  /** In file order. */
  readonly inputs: readonly string[];
  readonly inputSets: readonly InputSet[];
  readonly outputSets: readonly OutputSet[];
  readonly outputs: readonly string[];
}

export interface ScopeModel {
  readonly id: string;
  /** Its data objects, and of a process its properties, inputs and outputs: null until somebody writes them (ADR 0009). */
  readonly variableNames?: readonly string[];
  /** The none start event that opens the scope; absent when it starts at every node without incoming flow. */
  readonly noneStartId?: string;
  /** Link catch events of the scope by link name (§10.5.5). */
  readonly links: ReadonlyMap<string, string>;
  /** Event sub-processes of the scope: each waits by its start event while the scope lives (§13.5.4). */
  readonly eventSubProcessIds: readonly string[];
  /** What starts the process from outside (process level only). */
  readonly eventStarts: readonly EventStart[];
  /** Nodes without incoming flow, activated when there is no start event (BPMN 2.0.2 §13.2). */
  readonly implicitStartIds: readonly string[];
}

/** A way in that waits outside any instance: a start event, an instantiating receive task, or an event behind an instantiating gateway. */
export interface EventStart {
  /** Where the new instance begins (`startElementId` of the command). */
  readonly elementId: string;
  /** One of the event's definitions; a multiple event has an entry for each. */
  readonly event: Extract<EventDefinition, { kind: 'timer' | 'message' | 'signal' | 'conditional' }>;
  /** Its place among the definitions of a multiple event; 0 for a single one. */
  readonly definitionIndex: number;
}

export interface SequenceFlow {
  readonly id: string;
  readonly name: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly condition?: Expression;
}

/** `reglament:caseView`: how an instance of this process is shown to business users. */
export interface CaseView {
  /** FEEL over process variables, e.g. `=subject`. */
  readonly title?: Expression;
  readonly columns: readonly string[];
  readonly searchable: readonly string[];
}

interface NodeBase {
  readonly id: string;
  readonly name: string;
  /** Id of the process or sub-process that contains the node. */
  readonly scopeId: string;
  readonly incoming: readonly string[];
  /** Ids of outgoing sequence flows in file order. */
  readonly outgoing: readonly string[];
  readonly defaultFlowId?: string;
  readonly inputMappings: readonly VariableMapping[];
  readonly outputMappings: readonly VariableMapping[];
  readonly documentation?: string;
  readonly associations?: Associations;
  /** `zeebe:properties`. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Nodes on which boundary events and loop markers may sit (BPMN 2.0.2 §10.3). */
interface ActivityBase extends NodeBase {
  readonly boundaryEventIds: readonly string[];
  /** At most one of the two loop markers. */
  readonly multiInstance?: MultiInstance;
  readonly standardLoop?: StandardLoop;
  /** Tokens that must arrive before it begins; absent for 1. */
  readonly startQuantity?: number;
  /** Tokens that each flow out gets; absent for 1. */
  readonly completionQuantity?: number;
  /** A compensation handler: no flow leads in or out, it runs when what it undoes is compensated (§10.7). */
  readonly isForCompensation?: boolean;
  /** The handler that its compensation boundary event is associated with. */
  readonly compensationHandlerId?: string;
}

/** `zeebe:ioMapping`: `target` is a variable name or a dotted path inside one. */
export interface VariableMapping {
  readonly source: Expression;
  readonly target: string;
}

/** One instance per item of a collection, or as many as a number says (BPMN 2.0.2 §10.3.8). */
export interface MultiInstance {
  readonly sequential: boolean;
  readonly size:
    | { readonly kind: 'collection'; readonly collection: Expression }
    | { readonly kind: 'cardinality'; readonly cardinality: Expression };
  readonly inputElement?: string;
  readonly outputCollection?: string;
  readonly outputElement?: Expression;
  readonly completionCondition?: Expression;
  /** What `behavior` has the loop throw when an instance is about to complete; empty for `All`. */
  readonly events: readonly LoopEvent[];
}

export interface LoopEvent {
  /** `None` throws at each instance and `One` at the first; `Complex` asks a condition each time (§13.3.7). */
  readonly when: { readonly kind: 'each' | 'first' } | { readonly kind: 'condition'; readonly condition: Expression };
  readonly definitions: readonly SingleEventDefinition[];
}

/** The same activity again as long as a condition holds (§10.3.8, §13.3.6). */
export interface StandardLoop {
  /** True: the condition is also asked before the first pass, so that there may be none. */
  readonly testBefore: boolean;
  readonly condition?: Expression;
  readonly maximum?: number;
}

export type BindingType = 'latest' | 'deployment' | 'versionTag';

/** A reference to a deployed resource by its id. */
export interface ResourceReference {
  readonly id: Expression;
  readonly bindingType: BindingType;
  readonly versionTag?: string;
}

export interface JobDefinition {
  readonly type: Expression;
  readonly retries: Expression;
  /** What `retries` says, where that is a plain number: no job is created without it being read. */
  readonly fixedRetries?: number;
  /** ISO 8601 durations to wait after the first failure, the second …; the last one holds for all that follow. */
  readonly retryDelays?: readonly string[];
  readonly priority?: Expression;
  readonly headers: Readonly<Record<string, string>>;
}

export interface MessageDefinition {
  readonly name: Expression;
  /** FEEL; evaluated when the subscription opens. Absent on a process-level message start. */
  readonly correlationKey?: Expression;
  /** Goes along a message flow without a key: correlates by the conversation of the instance (ADR 0009). */
  readonly byConversation?: true;
  /** Start of a process by conversation: the name by which anybody else may start it. */
  readonly publicName?: Expression;
}

export type TimerDefinition =
  | { readonly kind: 'date'; readonly value: Expression }
  | { readonly kind: 'duration'; readonly value: Expression }
  /** `misfire` (`reglament:misfire`): what becomes of fires that were missed; `once` when absent. */
  | { readonly kind: 'cycle'; readonly value: Expression; readonly misfire?: MisfirePolicy };

export interface StartEvent extends NodeBase {
  readonly type: 'startEvent';
  readonly event: EventDefinition;
  /** Start of an event sub-process: whether it ends everything else in the scope (`isInterrupting`). */
  readonly interrupting: boolean;
  /** `zeebe:formDefinition` on a none start: the form that starts the process. */
  readonly form?: FormReference;
  /** `reglament:openTo` among its properties: who may start the process by that form without being of the house. */
  readonly openTo?: readonly Audience[];
}
/** `anyone` needs no sign-in; `contractors` are signed in and of another organisation. */
export type Audience = 'anyone' | 'contractors';
export interface EndEvent extends NodeBase {
  readonly type: 'endEvent';
  readonly event: EventDefinition;
}
export interface IntermediateCatchEvent extends NodeBase {
  readonly type: 'intermediateCatchEvent';
  readonly event: EventDefinition;
}
export interface IntermediateThrowEvent extends NodeBase {
  readonly type: 'intermediateThrowEvent';
  readonly event: EventDefinition;
}
export interface BoundaryEvent extends NodeBase {
  readonly type: 'boundaryEvent';
  readonly attachedToId: string;
  readonly interrupting: boolean;
  readonly event: EventDefinition;
}

export interface FormReference extends ResourceReference {
  readonly binding?: FormBinding;
}

/** `reglament:formBinding`: what this step may read, write and must fill; absent lists mean "as the form says". */
export interface FormBinding {
  readonly readable?: readonly string[];
  readonly writable?: readonly string[];
  readonly requiredHere?: readonly string[];
}

/** `reglament:deadline` on a user task: working time by a business calendar. */
export interface Deadline {
  readonly duration: Expression;
  /** Calendar-and-schedule id such as `ru-office`. */
  readonly calendar: Expression;
  /** Working time before the due instant at which `deadlineWarned` happens. */
  readonly warnBefore?: Expression;
  /** Candidate group that takes over when the deadline passes. */
  readonly escalateTo?: Expression;
}

export interface UserTaskNode extends ActivityBase {
  readonly type: 'userTask';
  readonly assignee?: Expression;
  readonly candidateGroups?: Expression;
  readonly candidateUsers?: Expression;
  readonly dueDate?: Expression;
  readonly followUpDate?: Expression;
  readonly priority?: Expression;
  readonly form?: FormReference;
  readonly headers: Readonly<Record<string, string>>;
  readonly deadline?: Deadline;
}
/** A task done by a job worker. */
export interface JobTask extends ActivityBase {
  readonly type: 'serviceTask' | 'sendTask' | 'scriptTask' | 'businessRuleTask';
  readonly implementation: TaskImplementation;
}
export type TaskImplementation =
  | { readonly kind: 'job'; readonly job: JobDefinition }
  | {
      readonly kind: 'script';
      readonly script: Expression;
      readonly resultVariable: string;
      /** Of plain BPMN, which names no result: the entries of a context become variables, null sets none. */
      readonly contextAsVariables?: true;
    }
  | { readonly kind: 'decision'; readonly decision: ResourceReference; readonly resultVariable: string }
  | { readonly kind: 'message'; readonly message: MessageDefinition };

/** Nothing to wait for: the undefined and the manual task (BPMN 2.0.2 §10.3.3, §13.3.3). */
export interface PassThroughTask extends ActivityBase {
  readonly type: 'task' | 'manualTask';
}
export interface ReceiveTask extends ActivityBase {
  readonly type: 'receiveTask';
  /** It starts a process when its message arrives (§10.3.3). */
  readonly instantiate: boolean;
  readonly message: MessageDefinition;
}
export interface ExclusiveGateway extends NodeBase {
  readonly type: 'exclusiveGateway';
}
export interface ParallelGateway extends NodeBase {
  readonly type: 'parallelGateway';
}
export interface InclusiveGateway extends NodeBase {
  readonly type: 'inclusiveGateway';
}
export interface ComplexGateway extends NodeBase {
  readonly type: 'complexGateway';
  /** Over `activationCount`, `activationCounts` and variables; absent where a single flow leads in, which starts it. */
  readonly activationCondition?: Expression;
}
export interface EventBasedGateway extends NodeBase {
  readonly type: 'eventBasedGateway';
  /** It starts a process: the first of its events, or with `parallel` all of them, within one instance (§10.6.6). */
  readonly instantiate: boolean;
  readonly parallel: boolean;
}
/** `triggeredByEvent`: has no flows in or out and is started by its one start event. */
export interface EventSubProcess extends NodeBase {
  readonly type: 'eventSubProcess';
  readonly startEventId: string;
}
export interface SubProcess extends ActivityBase {
  readonly type: 'subProcess';
}
/** A scope whose activities are chosen while it runs (§10.3.5, §13.3.5; ADR 0008). */
export interface AdHocSubProcess extends ActivityBase {
  readonly type: 'adHocSubProcess';
  /** One activity at a time. */
  readonly sequential: boolean;
  readonly completionCondition?: Expression;
  /** Whether what still runs ends when the completion condition holds. */
  readonly cancelRemaining: boolean;
  /** `zeebe:adHoc`: activities start by choice and not by themselves, each in a flow of its own (Camunda 8). */
  readonly choice?: AdHocChoice;
}
export interface AdHocChoice {
  /** The ids of the activities with which it begins; without it nothing starts until the command. */
  readonly activeElements?: Expression;
  readonly outputCollection?: string;
  readonly outputElement?: Expression;
}
/** A sub-process whose cancel end event undoes what it has done (§10.3.5). */
export interface Transaction extends ActivityBase {
  readonly type: 'transaction';
  /** A cancel end event inside, and no cancel boundary event: nothing follows it then. */
  readonly endsWhenCanceled?: true;
}
export interface CallActivity extends ActivityBase {
  readonly type: 'callActivity';
  readonly called: ResourceReference;
  readonly propagateAllParentVariables: boolean;
  readonly propagateAllChildVariables: boolean;
  /** Its own inputs and outputs in file order: what the called process calls otherwise has the same place there. */
  readonly io?: { readonly inputs: readonly string[]; readonly outputs: readonly string[] };
}

export type FlowNode =
  | StartEvent
  | EndEvent
  | IntermediateCatchEvent
  | IntermediateThrowEvent
  | BoundaryEvent
  | UserTaskNode
  | JobTask
  | PassThroughTask
  | ReceiveTask
  | ExclusiveGateway
  | ParallelGateway
  | InclusiveGateway
  | ComplexGateway
  | EventBasedGateway
  | EventSubProcess
  | SubProcess
  | AdHocSubProcess
  | Transaction
  | CallActivity;

export type FlowNodeType = FlowNode['type'];
export type Activity = Extract<FlowNode, { boundaryEventIds: readonly string[] }>;
export type NodeOfType<T extends FlowNodeType> = Extract<FlowNode, { type: T }>;

export function isActivity(node: FlowNode): node is Activity {
  // Read and not asked for with `in`: asked several times per element, it showed in every profile.
  return (node as Partial<Activity>).boundaryEventIds !== undefined;
}
