import assert from 'node:assert/strict';
import { BpmnModdle } from 'bpmn-moddle';
import bpmn from 'bpmn-moddle/resources/bpmn/json/bpmn.json' with { type: 'json' };
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import type { ModdleElement } from './moddle-element.ts';
import { bpmnDescriptor } from './bpmn-descriptor.ts';
import { ProblemList } from './problem-list.ts';
import { refuseUnexecuted } from './refuse-unexecuted.ts';
import {
  around,
  duration,
  conditional,
  ERROR,
  ESCALATION,
  extended,
  file,
  flow,
  ITEMS,
  JOB,
  MESSAGE,
  problemsOf,
  process,
  SIGNAL,
} from './test/bpmn-text.ts';

/**
 * The whole metamodel of BPMN 2.0 as bpmn-moddle describes it, walked: whatever a file can say is executed, refused by
 * name, or listed here as saying nothing to an engine. A new property in a new version of bpmn-moddle fails here.
 */
interface TypeDescription {
  readonly name: string;
  readonly isAbstract?: boolean;
  readonly superClass?: readonly string[];
  readonly properties?: readonly { readonly name: string }[];
}
const TYPES = new Map((bpmn.types as readonly TypeDescription[]).map((type) => [type.name, type] as const));

function isA(name: string, ancestor: string): boolean {
  return name === ancestor || (TYPES.get(name)?.superClass ?? []).some((parent) => isA(parent, ancestor));
}
const concrete = (ancestor: string) =>
  [...TYPES.values()]
    .filter(({ name, isAbstract }) => isAbstract !== true && name !== ancestor && isA(name, ancestor))
    .map(({ name }) => name);
const local = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** A minimal file in which each executed flow element runs. */
const EXECUTED: Readonly<Record<string, string>> = {
  StartEvent: process('<bpmn:startEvent id="X"/>'),
  EndEvent: process('<bpmn:endEvent id="X"/>'),
  IntermediateCatchEvent: around(
    `<bpmn:intermediateCatchEvent id="X">${duration('PT1H')}</bpmn:intermediateCatchEvent>`,
  ),
  IntermediateThrowEvent: around('<bpmn:intermediateThrowEvent id="X"/>'),
  BoundaryEvent: process(
    `<bpmn:task id="A"/><bpmn:boundaryEvent id="X" attachedToRef="A">${duration('PT1H')}</bpmn:boundaryEvent><bpmn:task id="B"/>${flow('F', 'X', 'B')}`,
  ),
  Task: around('<bpmn:task id="X"/>'),
  ManualTask: around('<bpmn:manualTask id="X"/>'),
  UserTask: around('<bpmn:userTask id="X"/>'),
  ServiceTask: around(`<bpmn:serviceTask id="X">${JOB}</bpmn:serviceTask>`),
  SendTask: around(`<bpmn:sendTask id="X">${JOB}</bpmn:sendTask>`),
  ReceiveTask: around('<bpmn:receiveTask id="X" messageRef="M"/>', { roots: MESSAGE }),
  ScriptTask: around(`<bpmn:scriptTask id="X">${JOB}</bpmn:scriptTask>`),
  BusinessRuleTask: around(`<bpmn:businessRuleTask id="X">${JOB}</bpmn:businessRuleTask>`),
  ExclusiveGateway: around('<bpmn:exclusiveGateway id="X"/>'),
  EventBasedGateway: process(
    `<bpmn:startEvent id="S"/><bpmn:eventBasedGateway id="X"/>${['A', 'B'].map((id) => `<bpmn:intermediateCatchEvent id="${id}">${duration('PT1H')}</bpmn:intermediateCatchEvent>${flow(`F${id}`, 'X', id)}`).join('')}${flow('F', 'S', 'X')}`,
  ),
  ParallelGateway: around('<bpmn:parallelGateway id="X"/>'),
  InclusiveGateway: around('<bpmn:inclusiveGateway id="X"/>'),
  ComplexGateway: around('<bpmn:complexGateway id="X"/>'),
  SubProcess: around('<bpmn:subProcess id="X"><bpmn:task id="A"/></bpmn:subProcess>'),
  AdHocSubProcess: around(
    `<bpmn:adHocSubProcess id="X">${extended('<zeebe:adHoc/>')}<bpmn:task id="A"/></bpmn:adHocSubProcess>`,
  ),
  Transaction: around('<bpmn:transaction id="X"><bpmn:task id="A"/></bpmn:transaction>'),
  CallActivity: around(
    `<bpmn:callActivity id="X">${extended('<zeebe:calledElement processId="Q"/>')}</bpmn:callActivity>`,
  ),
  DataObject: process('<bpmn:dataObject id="X"/><bpmn:task id="A"/>'),
  DataStoreReference: process('<bpmn:task id="A"/><bpmn:dataStoreReference id="X"/>'),
  DataObjectReference: process(
    '<bpmn:dataObject id="D"/><bpmn:dataObjectReference id="X" dataObjectRef="D"/><bpmn:task id="A"/>',
  ),
  SequenceFlow: process(`<bpmn:startEvent id="A"/><bpmn:endEvent id="B"/>${flow('X', 'A', 'B')}`),
};

/** Where which event definition runs; anywhere else it is refused. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  StartEvent: named('Timer Message Signal Conditional'),
  EndEvent: named('Message Signal Error Escalation Compensate Cancel Terminate'),
  IntermediateCatchEvent: named('Timer Message Signal Conditional Link'),
  IntermediateThrowEvent: named('Message Signal Escalation Compensate Link'),
  BoundaryEvent: named('Timer Message Signal Conditional Error Escalation Compensate Cancel'),
  EventSubProcessStart: named('Timer Message Signal Conditional Error Escalation Compensate'),
};
const DEFINITION: Readonly<Record<string, string>> = {
  TimerEventDefinition: duration('PT1H'),
  MessageEventDefinition: '<bpmn:messageEventDefinition messageRef="M"/>',
  SignalEventDefinition: '<bpmn:signalEventDefinition signalRef="Sig"/>',
  ConditionalEventDefinition: conditional('=a'),
  ErrorEventDefinition: '<bpmn:errorEventDefinition errorRef="E"/>',
  EscalationEventDefinition: '<bpmn:escalationEventDefinition escalationRef="Esc"/>',
  LinkEventDefinition: '<bpmn:linkEventDefinition name="l"/>',
};

function named(kinds: string): readonly string[] {
  return kinds.split(' ').map((kind) => `${kind}EventDefinition`);
}

function eventFile(place: string, definition: string): string {
  const inner = DEFINITION[definition] ?? `<bpmn:${local(definition)}/>`;
  const roots = MESSAGE + ERROR + SIGNAL + ESCALATION;
  const type = place === 'EventSubProcessStart' ? 'startEvent' : local(place);
  const event = (attributes = '') => `<bpmn:${type} id="X" ${attributes}>${inner}</bpmn:${type}>`;
  if (definition === 'CancelEventDefinition' && place === 'EndEvent') return canceled(event(), { roots });
  if (definition === 'CancelEventDefinition' && place === 'BoundaryEvent') {
    const cancels = `<bpmn:endEvent id="C">${inner}</bpmn:endEvent>`;
    return canceled(cancels, { roots, boundary: event('attachedToRef="T"') });
  }
  if (definition === 'CompensateEventDefinition' && place === 'BoundaryEvent') {
    return process(`<bpmn:task id="A"/>${event('attachedToRef="A"')}${HANDLER}`, { roots });
  }
  if (place === 'StartEvent' || place === 'EndEvent') return process(event(), { roots });
  if (place === 'EventSubProcessStart') {
    return process(
      `<bpmn:task id="A"/><bpmn:subProcess id="Sub" triggeredByEvent="true">${event()}</bpmn:subProcess>`,
      {
        roots,
      },
    );
  }
  if (place === 'BoundaryEvent') {
    return process(`<bpmn:task id="A"/>${event('attachedToRef="A"')}<bpmn:task id="B"/>${flow('F', 'X', 'B')}`, {
      roots,
    });
  }
  if (definition === 'LinkEventDefinition') return process(linked(event(), place), { roots });
  return around(event(), { roots });
}

/** The handler of X. */
const HANDLER =
  '<bpmn:task id="Undo" isForCompensation="true"/><bpmn:association id="L" sourceRef="X" targetRef="Undo"/>';

/** A transaction around an end event, with who takes over when it is canceled. */
function canceled(end: string, { roots, boundary }: { readonly roots: string; readonly boundary?: string }): string {
  const id = boundary === undefined ? 'B' : 'X';
  const takesOver =
    boundary ?? `<bpmn:boundaryEvent id="B" attachedToRef="T"><bpmn:cancelEventDefinition/></bpmn:boundaryEvent>`;
  return process(
    `<bpmn:transaction id="T">${end}</bpmn:transaction>${takesOver}<bpmn:task id="A"/>${flow('F', id, 'A')}`,
    { roots },
  );
}

/** One end of a link with its other end. */
function linked(event: string, place: string): string {
  const throws = place === 'IntermediateThrowEvent';
  const [source, target] = throws ? ['X', 'Other'] : ['Other', 'X'];
  const type = throws ? 'intermediateCatchEvent' : 'intermediateThrowEvent';
  const other = `<bpmn:${type} id="Other">${DEFINITION['LinkEventDefinition']}</bpmn:${type}>`;
  return `<bpmn:startEvent id="Start"/><bpmn:task id="A"/>${event}${other}${flow('F1', 'Start', source)}${flow('F2', target, 'A')}`;
}

/** Properties that pass `refuseUnexecuted`, by what becomes of them. */
const PROPERTIES = {
  /** Executed, or refused by a compile function: each has a test of its own in `refused-*.test.ts` or a scenario. */
  compiled: `Activity.completionQuantity Activity.dataInputAssociations Activity.dataOutputAssociations Activity.default
    Activity.ioSpecification Activity.isForCompensation Activity.loopCharacteristics Activity.properties
    Activity.startQuantity BaseElement.extensionElements BaseElement.id BoundaryEvent.attachedToRef
    BoundaryEvent.cancelActivity CatchEvent.dataOutputAssociations CatchEvent.eventDefinitionRef
    CatchEvent.eventDefinitions Collaboration.messageFlows Collaboration.participants Definitions.rootElements Definitions.extensions
    Error.errorCode Error.name ErrorEventDefinition.errorRef Event.properties ExclusiveGateway.default Expression.body
    FlowElement.name FlowElementsContainer.flowElements FlowNode.incoming FlowNode.outgoing Message.name
    MessageEventDefinition.messageRef MessageFlow.sourceRef MessageFlow.targetRef
    AdHocSubProcess.cancelRemainingInstances AdHocSubProcess.completionCondition AdHocSubProcess.ordering
    ComplexBehaviorDefinition.condition ComplexBehaviorDefinition.event
    MultiInstanceLoopCharacteristics.behavior MultiInstanceLoopCharacteristics.completionCondition
    MultiInstanceLoopCharacteristics.complexBehaviorDefinition MultiInstanceLoopCharacteristics.inputDataItem
    MultiInstanceLoopCharacteristics.isSequential MultiInstanceLoopCharacteristics.loopCardinality
    MultiInstanceLoopCharacteristics.loopDataInputRef MultiInstanceLoopCharacteristics.loopDataOutputRef
    MultiInstanceLoopCharacteristics.noneBehaviorEventRef MultiInstanceLoopCharacteristics.oneBehaviorEventRef
    MultiInstanceLoopCharacteristics.outputDataItem StandardLoopCharacteristics.loopCondition
    StandardLoopCharacteristics.loopMaximum StandardLoopCharacteristics.testBefore
    Participant.processRef Process.artifacts Process.flowElements Process.isExecutable Process.properties
    ReceiveTask.instantiate ReceiveTask.messageRef ScriptTask.script ScriptTask.scriptFormat SendTask.messageRef
    SequenceFlow.conditionExpression SequenceFlow.sourceRef SequenceFlow.targetRef SubProcess.artifacts
    SubProcess.triggeredByEvent ThrowEvent.dataInputAssociations ThrowEvent.eventDefinitionRef
    ThrowEvent.eventDefinitions TimerEventDefinition.timeCycle TimerEventDefinition.timeDate
    TimerEventDefinition.timeDuration
    CatchEvent.parallelMultiple ConditionalEventDefinition.condition Escalation.escalationCode Escalation.name
    EscalationEventDefinition.escalationRef ComplexGateway.activationCondition ComplexGateway.default InclusiveGateway.default
    EventBasedGateway.eventGatewayType EventBasedGateway.instantiate
    LinkEventDefinition.name CompensateEventDefinition.activityRef
    CompensateEventDefinition.waitForCompletion Signal.name SignalEventDefinition.signalRef StartEvent.isInterrupting
    CallActivity.calledElement GlobalScriptTask.script MessageFlow.messageRef CallableElement.ioSpecification
    CatchEvent.dataOutputs CatchEvent.outputSet ThrowEvent.dataInputs ThrowEvent.inputSet DataObjectReference.dataObjectRef
    Property.name InputOutputSpecification.dataInputs InputOutputSpecification.dataOutputs
    InputOutputSpecification.inputSets InputOutputSpecification.outputSets DataInput.name DataOutput.name
    InputSet.dataInputRefs InputSet.optionalInputRefs InputSet.whileExecutingInputRefs InputSet.outputSetRefs
    OutputSet.dataOutputRefs OutputSet.optionalOutputRefs OutputSet.whileExecutingOutputRefs OutputSet.inputSetRefs
    DataAssociation.sourceRef DataAssociation.targetRef DataAssociation.transformation DataAssociation.assignment
    Assignment.from Assignment.to
    Activity.resources GlobalTask.resources ResourceRole.resourceRef ResourceRole.resourceAssignmentExpression
    ResourceRole.resourceParameterBindings ResourceAssignmentExpression.expression GlobalScriptTask.scriptLanguage
    MessageEventDefinition.operationRef SendTask.operationRef ReceiveTask.operationRef Collaboration.correlationKeys
    Process.correlationSubscriptions CorrelationProperty.correlationPropertyRetrievalExpression
    CorrelationPropertyRetrievalExpression.messagePath CorrelationPropertyRetrievalExpression.messageRef
    CorrelationKey.correlationPropertyRef CorrelationSubscription.correlationKeyRef
    CorrelationSubscription.correlationPropertyBinding CorrelationPropertyBinding.dataPath
    CorrelationPropertyBinding.correlationPropertyRef`,
  /** Named by a warning of lint and passed over (`assumed-reading`). */
  described: `BusinessRuleTask.implementation CallableElement.ioBinding CallableElement.supportedInterfaceRef
    Collaboration.choreographyRef Collaboration.conversationAssociations Collaboration.conversationLinks
    Collaboration.conversations Collaboration.messageFlowAssociations Collaboration.participantAssociations
    Definitions.relationships FlowElement.auditing FlowElement.monitoring GlobalBusinessRuleTask.implementation
    GlobalUserTask.implementation GlobalUserTask.renderings Participant.endPointRef Participant.interfaceRef
    Participant.participantMultiplicity Process.auditing Process.monitoring Process.resources Process.supports
    ReceiveTask.implementation SendTask.implementation ServiceTask.implementation ServiceTask.operationRef
    UserTask.implementation UserTask.renderings`,
  /** Names, notes, pictures, typing and links that moddle itself makes. */
  silent: `DataStoreReference.dataStoreRef DataObject.isCollection DataInput.isCollection DataInput.inputSetRef DataInput.inputSetWithOptional
    DataInput.inputSetWithWhileExecuting DataOutput.isCollection DataOutput.outputSetRef DataOutput.outputSetWithOptional
    DataOutput.outputSetWithWhileExecuting InputSet.name OutputSet.name ItemAwareElement.itemSubjectRef
    ItemAwareElement.dataState
    Activity.boundaryEventRefs BaseElement.documentation CallableElement.name Collaboration.artifacts
    Collaboration.isClosed Collaboration.name Definitions.diagrams Definitions.imports Definitions.exporter Definitions.exporterVersion
    Definitions.expressionLanguage Definitions.name Definitions.targetNamespace Definitions.typeLanguage
    Error.structureRef FlowElement.categoryValueRef FlowElementsContainer.laneSets FlowNode.lanes
    Extension.definition FormalExpression.evaluatesToTypeRef Gateway.gatewayDirection Message.itemRef MessageFlow.name
    Escalation.structureRef LinkEventDefinition.source LinkEventDefinition.target Signal.structureRef
    CorrelationProperty.name CorrelationProperty.type CorrelationKey.name ResourceRole.name
    Participant.name Process.definitionalCollaborationRef Process.isClosed Process.laneSets Process.processType`,
};
const VISITED = [
  ...Object.keys(EXECUTED),
  'Property InputOutputSpecification DataInput DataOutput InputSet OutputSet Assignment',
  'DataInputAssociation DataOutputAssociation',
  'GlobalTask GlobalManualTask GlobalUserTask GlobalScriptTask GlobalBusinessRuleTask',
  'Definitions Extension Process Collaboration Participant MessageFlow Message Error MultiInstanceLoopCharacteristics',
  'StandardLoopCharacteristics ComplexBehaviorDefinition ImplicitThrowEvent',
  'ResourceRole PotentialOwner ResourceAssignmentExpression CorrelationProperty CorrelationPropertyRetrievalExpression',
  'CorrelationKey CorrelationSubscription CorrelationPropertyBinding',
  'FormalExpression TimerEventDefinition MessageEventDefinition ErrorEventDefinition TerminateEventDefinition',
  'CompensateEventDefinition CancelEventDefinition SignalEventDefinition ConditionalEventDefinition EscalationEventDefinition LinkEventDefinition Signal Escalation',
].flatMap((names) => names.split(' '));

interface Moddle {
  create(type: string, properties: Readonly<Record<string, unknown>>): ModdleElement;
}

describe('the metamodel of BPMN', () => {
  for (const name of concrete('FlowElement')) {
    it(`${name} is ${name in EXECUTED ? 'executed' : 'refused by name'}`, async () => {
      const executed = EXECUTED[name];
      const problems = await problemsOf(executed ?? around(`<bpmn:${local(name)} id="X"/>`));
      const messages = problems.map(({ message }) => message).join('\n');
      if (executed !== undefined) assert.equal(messages, '');
      else assert.match(messages, new RegExp(`^${local(name)} at ${local(name)} \\(X\\) is not executed`, 'm'));
    });
  }

  for (const place of Object.keys(PLACES)) {
    for (const definition of concrete('EventDefinition')) {
      const runs = PLACES[place]?.includes(definition) === true;
      it(`${definition} at ${place} is ${runs ? 'executed' : 'refused by name'}`, async () => {
        const problems = await problemsOf(eventFile(place, definition));
        assert.equal(problems.length === 0, runs, problems.map(({ message }) => message).join('\n'));
        if (!runs)
          assert.ok(problems.some(({ elementId, code }) => elementId === 'X' && code === 'unsupported-element'));
      });
    }
  }

  it('every other root element is refused by name or says nothing', async () => {
    const says = [
      ...'GlobalTask GlobalUserTask GlobalManualTask GlobalScriptTask GlobalBusinessRuleTask'.split(' '),
      ...'Message Error ItemDefinition Category Interface DataStore Signal Escalation Process Collaboration'.split(' '),
      ...'Resource CorrelationProperty PartnerEntity PartnerRole EndPoint'.split(' '),
      // With a warning of lint.
      ...'Choreography GlobalConversation GlobalChoreographyTask'.split(' '),
      // Looked at where an event refers to them.
      ...concrete('EventDefinition'),
    ];
    for (const name of concrete('RootElement')) {
      const root = `<bpmn:${local(name)} id="R"/>`;
      const problems = await problemsOf(
        file(`${root}<bpmn:process id="P" isExecutable="true"><bpmn:task id="A"/></bpmn:process>`),
      );
      assert.equal(
        problems.length === 0,
        says.includes(name),
        `${name}: ${problems.map(({ message }) => message).join('; ')}`,
      );
    }
  });

  it('every property of what runs is compiled, silent, named by lint or refused by name', () => {
    const moddle = new BpmnModdle({ bpmn: bpmnDescriptor(), zeebe }) as unknown as Moddle;
    const passed = new Set<string>();
    for (const name of VISITED) {
      const properties = moddle.create(`bpmn:${name}`, {}).$descriptor?.properties ?? [];
      assert.ok(properties.length > 0, name);
      for (const property of properties) {
        if (!property.definedBy.name.startsWith('bpmn:')) continue;
        const element = moddle.create(`bpmn:${name}`, { id: 'X', [property.name]: strange(property.default) });
        const list = new ProblemList('');
        refuseUnexecuted(element, list);
        const refused = list.problems.some(
          ({ message }) => message.includes(property.name) || message.includes('expression'),
        );
        if (!refused) passed.add(`${property.definedBy.name.slice(5)}.${property.name}`);
      }
    }
    const listed = Object.values(PROPERTIES).flatMap((names) => names.split(/\s+/));
    assert.deepEqual([...passed].sort(), listed.sort());
  });

  it('every extension element of Zeebe is executed somewhere or refused everywhere', async () => {
    const kinds = zeebe['types'] as readonly { readonly name: string; readonly superClass?: readonly string[] }[];
    const elements = kinds.filter(({ superClass }) => superClass?.includes('Element') === true).map(({ name }) => name);
    const hosts = [
      ...Object.values(EXECUTED),
      around(
        `<bpmn:task id="X"><bpmn:multiInstanceLoopCharacteristics>${ITEMS}</bpmn:multiInstanceLoopCharacteristics></bpmn:task>`,
      ),
    ];
    const taken: string[] = [];
    for (const name of elements) {
      const extension = `<zeebe:${local(name)}/>`;
      for (const host of hosts) {
        const xml = host.includes('id="X"><bpmn:extensionElements>')
          ? host.replace('id="X"><bpmn:extensionElements>', `id="X"><bpmn:extensionElements>${extension}`)
          : host
              .replace(/id="X"([^>]*?)\/>/, `id="X"$1>${extended(extension)}</bpmn:REPLACED>`)
              .replace(/<bpmn:(\w+) id="X"([\s\S]*?)<\/bpmn:REPLACED>/, '<bpmn:$1 id="X"$2</bpmn:$1>');
        if (xml === host) continue;
        const refused = (await problemsOf(xml)).some(({ message }) => message.includes(`zeebe:${name}`));
        if (!refused && !taken.includes(name)) taken.push(name);
      }
    }
    assert.deepEqual(
      elements.filter((name) => !taken.includes(name)),
      // Used inside a message, a loop marker or a process, or not executed.
      [
        'Subscription',
        'Header',
        'LoopCharacteristics',
        'UserTaskForm',
        'LinkedResource',
        'LinkedResources',
        'ExecutionListeners',
        'ExecutionListener',
        'TaskListeners',
        'TaskListener',
        'VersionTag',
        'ConditionalFilter',
        'AgentDefinition',
      ],
    );
  });
});

/** Something that is not the default. */
function strange(idle: unknown): unknown {
  if (typeof idle === 'boolean') return !idle;
  if (typeof idle === 'number') return idle + 6;
  return 'something strange';
}
