import { elementOf, extensionsOf, isElement, propertiesOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/**
 * Properties that the compile functions execute or refuse in their own words, by the type that declares them. Types
 * that are not here are refused by name where they stand, so nothing inside them is looked at.
 */
export const COMPILED: Readonly<Record<string, string>> = {
  'bpmn:Definitions': 'rootElements extensions',
  'bpmn:Extension': '',
  'bpmn:BaseElement': 'id extensionElements',
  'bpmn:ExtensionElements': 'values',
  'bpmn:Process': 'isExecutable properties flowElements artifacts',
  'bpmn:FlowElementsContainer': 'flowElements',
  'bpmn:FlowElement': 'name',
  'bpmn:FlowNode': 'incoming outgoing',
  'bpmn:SequenceFlow': 'sourceRef targetRef conditionExpression',
  'bpmn:CallableElement': 'ioSpecification',
  'bpmn:DataObject': '',
  'bpmn:DataObjectReference': 'dataObjectRef',
  'bpmn:DataStoreReference': '',
  'bpmn:Property': 'name',
  'bpmn:InputOutputSpecification': 'dataInputs dataOutputs inputSets outputSets',
  'bpmn:DataInput': 'name',
  'bpmn:DataOutput': 'name',
  'bpmn:InputSet': 'dataInputRefs optionalInputRefs whileExecutingInputRefs outputSetRefs',
  'bpmn:OutputSet': 'dataOutputRefs optionalOutputRefs whileExecutingOutputRefs inputSetRefs',
  'bpmn:DataAssociation': 'sourceRef targetRef transformation assignment',
  'bpmn:DataInputAssociation': '',
  'bpmn:DataOutputAssociation': '',
  'bpmn:Assignment': 'from to',
  'bpmn:Event': 'properties',
  'bpmn:CatchEvent':
    'parallelMultiple eventDefinitions eventDefinitionRef dataOutputs outputSet dataOutputAssociations',
  'bpmn:ThrowEvent': 'eventDefinitions eventDefinitionRef dataInputs inputSet dataInputAssociations',
  'bpmn:BoundaryEvent': 'attachedToRef cancelActivity',
  'bpmn:StartEvent': 'isInterrupting',
  'bpmn:EndEvent': '',
  'bpmn:IntermediateCatchEvent': '',
  'bpmn:IntermediateThrowEvent': '',
  'bpmn:ErrorEventDefinition': 'errorRef',
  'bpmn:MessageEventDefinition': 'messageRef',
  'bpmn:TerminateEventDefinition': '',
  'bpmn:CompensateEventDefinition': 'activityRef waitForCompletion',
  'bpmn:CancelEventDefinition': '',
  'bpmn:SignalEventDefinition': 'signalRef',
  'bpmn:EscalationEventDefinition': 'escalationRef',
  'bpmn:ConditionalEventDefinition': 'condition',
  'bpmn:LinkEventDefinition': 'name',
  'bpmn:Signal': 'name',
  'bpmn:Escalation': 'name escalationCode',
  'bpmn:EventBasedGateway': 'instantiate eventGatewayType',
  'bpmn:TimerEventDefinition': 'timeDate timeDuration timeCycle',
  'bpmn:ExclusiveGateway': 'default',
  'bpmn:InclusiveGateway': 'default',
  'bpmn:ComplexGateway': 'default activationCondition',
  'bpmn:Activity':
    'default isForCompensation ioSpecification properties dataInputAssociations dataOutputAssociations startQuantity ' +
    'completionQuantity loopCharacteristics',
  'bpmn:ParallelGateway': '',
  'bpmn:Task': '',
  'bpmn:ManualTask': '',
  'bpmn:UserTask': '',
  'bpmn:ServiceTask': '',
  'bpmn:BusinessRuleTask': '',
  'bpmn:CallActivity': 'calledElement',
  'bpmn:GlobalTask': '',
  'bpmn:GlobalManualTask': '',
  'bpmn:GlobalUserTask': '',
  'bpmn:GlobalScriptTask': 'script',
  'bpmn:GlobalBusinessRuleTask': '',
  'bpmn:SendTask': 'messageRef',
  'bpmn:ReceiveTask': 'messageRef instantiate',
  'bpmn:ScriptTask': 'script scriptFormat',
  'bpmn:SubProcess': 'triggeredByEvent artifacts',
  'bpmn:AdHocSubProcess': 'completionCondition ordering cancelRemainingInstances',
  'bpmn:StandardLoopCharacteristics': 'testBefore loopCondition loopMaximum',
  'bpmn:MultiInstanceLoopCharacteristics':
    'isSequential loopCardinality behavior completionCondition loopDataInputRef loopDataOutputRef inputDataItem ' +
    'outputDataItem complexBehaviorDefinition noneBehaviorEventRef oneBehaviorEventRef',
  'bpmn:ComplexBehaviorDefinition': 'condition event',
  'bpmn:ImplicitThrowEvent': '',
  'bpmn:Transaction': '',
  'bpmn:FormalExpression': '',
  'bpmn:Expression': 'body',
  'bpmn:Message': 'name',
  'bpmn:Error': 'name errorCode',
  'bpmn:Collaboration': 'participants messageFlows',
  'bpmn:Participant': 'processRef',
  'bpmn:MessageFlow': 'sourceRef targetRef messageRef',
  'zeebe:IoMapping': 'inputParameters outputParameters',
  'zeebe:Input': '',
  'zeebe:Output': '',
  'zeebe:InputOutputParameter': 'source target',
  'zeebe:Subscription': 'correlationKey',
  'zeebe:ConditionalFilter': 'variableNames variableEvents',
  'zeebe:TaskHeaders': 'values',
  'zeebe:Header': 'id key value',
  'zeebe:TaskDefinition': 'type retries',
  'zeebe:LoopCharacteristics': 'inputCollection inputElement outputCollection outputElement',
  'zeebe:AdHoc': 'activeElementsCollection outputCollection outputElement',
  'zeebe:CalledElement': 'processId propagateAllChildVariables propagateAllParentVariables businessId',
  'zeebe:FormDefinition': 'formId formKey externalReference',
  'zeebe:UserTask': '',
  'zeebe:CalledDecision': 'decisionId resultVariable',
  'zeebe:BindingTypeSupported': 'bindingType versionTag',
  'zeebe:AssignmentDefinition': 'assignee candidateGroups candidateUsers',
  'zeebe:PriorityDefinition': 'priority',
  'zeebe:TaskSchedule': 'dueDate followUpDate',
  'zeebe:Properties': 'properties',
  'zeebe:Property': 'name value',
  'zeebe:Script': 'expression resultVariable',
  'zeebe:VersionTag': 'value',
  'reglament:Deadline': 'duration calendar warnBefore pauseStates escalateTo',
  'reglament:FormBinding': 'readable writable required',
  'reglament:CaseView': 'title columns searchable',
};

/** Names, notes, pictures, typing and tool traces: they say nothing to an engine (BPMN 2.0.2 §8.4.1, §10.7, §10.8, §12). */
const SILENT: Readonly<Record<string, string>> = {
  // What is imported are types; a reference into another file is refused where it stands.
  'bpmn:Definitions': 'imports name targetNamespace expressionLanguage typeLanguage exporter exporterVersion diagrams',
  'bpmn:BaseElement': 'documentation',
  'bpmn:CallableElement': 'name',
  'bpmn:ItemAwareElement': 'itemSubjectRef dataState',
  'bpmn:DataObject': 'isCollection',
  'bpmn:DataStoreReference': 'dataStoreRef',
  'bpmn:DataInput': 'isCollection inputSetRef inputSetWithOptional inputSetWithWhileExecuting',
  'bpmn:DataOutput': 'isCollection outputSetRef outputSetWithOptional outputSetWithWhileExecuting',
  'bpmn:InputSet': 'name',
  'bpmn:OutputSet': 'name',
  'bpmn:Process': 'processType isClosed laneSets definitionalCollaborationRef',
  'bpmn:FlowElementsContainer': 'laneSets',
  'bpmn:FlowElement': 'categoryValueRef',
  'bpmn:FlowNode': 'lanes',
  'bpmn:Gateway': 'gatewayDirection',
  'bpmn:Activity': 'boundaryEventRefs',
  'bpmn:FormalExpression': 'evaluatesToTypeRef',
  'bpmn:Message': 'itemRef',
  // One that must be understood is refused by that flag (§8.3.3).
  'bpmn:Extension': 'definition',
  'bpmn:Error': 'structureRef',
  'bpmn:Signal': 'structureRef',
  'bpmn:Escalation': 'structureRef',
  // The other end of a link is found by its name (§10.5.5).
  'bpmn:LinkEventDefinition': 'source target',
  'bpmn:Collaboration': 'name isClosed artifacts',
  'bpmn:Participant': 'name',
  'bpmn:MessageFlow': 'name',
  'zeebe:TemplateSupported': 'modelerTemplate modelerTemplateVersion modelerTemplateIcon',
  'zeebe:TemplatedRootElement': 'modelerTemplate',
  'zeebe:ConfigurationSupported': 'modelerConfigurationTemplate modelerConfigurationName',
};

/** A reference that says nothing may lead nowhere: into the diagram, a lane or a type of another file. */
export function isSilentReference(element: ModdleElement, property: string): boolean {
  if (/^bpmndi:|^bpmn:Lane$/.test(element.$type)) return true;
  const name = property.replace(/^bpmn:/, '');
  const declared = element.$descriptor?.properties?.find((one) => one.name.replace(/^bpmn:/, '') === name);
  return declared !== undefined && lists(SILENT, declared.definedBy.name, name);
}

/** What other tools write although it says nothing: the only values that pass. */
const IDLE_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  'bpmn:SequenceFlow.isImmediate': [true],
  // Undoing by compensation is what a transaction does here.
  'bpmn:Transaction.method': ['##Compensate'],
  'bpmn:UserTask.implementation': ['##unspecified', '##WebService'],
  'bpmn:ServiceTask.implementation': ['##unspecified', '##WebService'],
  'bpmn:SendTask.implementation': ['##unspecified', '##WebService'],
  'bpmn:ReceiveTask.implementation': ['##unspecified', '##WebService'],
  'bpmn:BusinessRuleTask.implementation': ['##unspecified', '##WebService'],
  'bpmn:GlobalUserTask.implementation': ['##unspecified', '##WebService'],
  'bpmn:GlobalBusinessRuleTask.implementation': ['##unspecified', '##WebService'],
};

const CORRELATE = 'Give the message a correlation key (zeebe:subscription), or none to correlate by conversation.';
/** What to do instead, by the property; the rest is simply taken away. */
const REMEDIES: Readonly<Record<string, string>> = {
  correlationKeys: CORRELATE,
  correlationSubscriptions: CORRELATE,
  conversations: 'Keep the message flows and take the conversation away.',
  conversationLinks: 'Keep the message flows and take the conversation away.',
  participantMultiplicity: 'Draw one pool; each instance of its process is a participant.',
};

/** Extension elements outside flow nodes and processes, which have lists of their own. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'bpmn:Message': ['zeebe:Subscription'],
  'bpmn:MultiInstanceLoopCharacteristics': ['zeebe:LoopCharacteristics'],
  'bpmn:ConditionalEventDefinition': ['zeebe:ConditionalFilter'],
};
const HAS_OWN_LIST = /^bpmn:(Process|.*(Task|Event|Gateway|SubProcess|Activity|Transaction))$/;

/** Attributes and elements of engines whose models look alike but mean something else. */
const FOREIGN = /^(camunda|flowable|activiti):/;

/**
 * Refuses by name every property of the BPMN metamodel that is set and that the engine neither executes nor may pass
 * over. The default is refusal, so an attribute that nobody thought of cannot be ignored in silence.
 */
export function refuseUnexecuted(root: ModdleElement, problems: ProblemList): void {
  visit(root, root, problems);
}

/** `owner` is the nearest element with an id: the one to name. */
function visit(element: ModdleElement, owner: ModdleElement, problems: ProblemList): void {
  if (COMPILED[element.$type] === undefined) return;
  refuseForeign(element, owner, problems);
  for (const { name, type, value } of propertiesOf(element)) {
    if (lists(SILENT, type, name) || IDLE_VALUES[`${type}.${name}`]?.includes(value) === true) continue;
    if (`${type}.${name}` === 'bpmn:FormalExpression.language') {
      // The text itself is FEEL only when it says so; a constant such as PT1H needs no language.
      if (!/feel/i.test(String(value)))
        problems.unsupported(owner, `An expression in "${String(value)}"`, 'Write it in FEEL.');
      continue;
    }
    if (!lists(COMPILED, type, name)) {
      problems.unsupported(owner, `${element === owner ? '' : `${element.$type} `}${name}`, REMEDIES[name]);
      continue;
    }
    for (const inner of Array.isArray(value) ? value : [value]) {
      // Each executable process is a root of its own; the others are pictures.
      if (isContained(inner, element) && inner.$type !== 'bpmn:Process')
        visit(inner, inner.id === undefined ? owner : inner, problems);
    }
  }
}

function refuseForeign(element: ModdleElement, owner: ModdleElement, problems: ProblemList): void {
  const remedy = 'Use the zeebe: extension of the same purpose.';
  for (const attribute of Object.keys(element.$attrs ?? {})) {
    if (FOREIGN.test(attribute)) problems.unsupported(owner, attribute, remedy);
  }
  if (HAS_OWN_LIST.test(element.$type)) return;
  for (const { $type } of extensionsOf(element)) {
    if ($type === 'zeebe:Properties' || EXTENSIONS[element.$type]?.includes($type) === true) continue;
    if (FOREIGN.test($type)) problems.unsupported(owner, $type, remedy);
    else if (/^(zeebe|reglament):/.test($type)) problems.unsupported(owner, `${$type} in ${titleOf(element)}`);
  }
}

function lists(table: Readonly<Record<string, string>>, type: string, name: string): boolean {
  return table[type]?.split(' ').includes(name) === true;
}

function isContained(value: unknown, parent: ModdleElement): value is ModdleElement {
  return isElement(value) && elementOf(value, '$parent') === parent;
}
