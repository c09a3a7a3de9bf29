import { elementOf, extensionsOf, isElement, propertiesOf, textOf, type ModdleElement } from './moddle-element.ts';
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
  'bpmn:Process': 'isExecutable properties flowElements artifacts correlationSubscriptions',
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
  'bpmn:MessageEventDefinition': 'messageRef operationRef',
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
    'completionQuantity loopCharacteristics resources',
  'bpmn:ResourceRole': 'resourceRef resourceAssignmentExpression resourceParameterBindings',
  'bpmn:Performer': '',
  'bpmn:HumanPerformer': '',
  'bpmn:PotentialOwner': '',
  'bpmn:ResourceAssignmentExpression': 'expression',
  'bpmn:CorrelationProperty': 'correlationPropertyRetrievalExpression',
  'bpmn:CorrelationPropertyRetrievalExpression': 'messagePath messageRef',
  'bpmn:CorrelationKey': 'correlationPropertyRef',
  'bpmn:CorrelationSubscription': 'correlationKeyRef correlationPropertyBinding',
  'bpmn:CorrelationPropertyBinding': 'dataPath correlationPropertyRef',
  'bpmn:ParallelGateway': '',
  'bpmn:Task': '',
  'bpmn:ManualTask': '',
  'bpmn:UserTask': '',
  'bpmn:ServiceTask': '',
  'bpmn:BusinessRuleTask': '',
  'bpmn:CallActivity': 'calledElement',
  'bpmn:GlobalTask': 'resources',
  'bpmn:GlobalManualTask': '',
  'bpmn:GlobalUserTask': '',
  'bpmn:GlobalScriptTask': 'script scriptLanguage',
  'bpmn:GlobalBusinessRuleTask': '',
  'bpmn:SendTask': 'messageRef operationRef',
  'bpmn:ReceiveTask': 'messageRef operationRef instantiate',
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
  'bpmn:Collaboration': 'participants messageFlows correlationKeys',
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
  'zeebe:JobPriorityDefinition': 'priority',
  'zeebe:TaskSchedule': 'dueDate followUpDate',
  'zeebe:Properties': 'properties',
  'zeebe:Property': 'name value',
  'zeebe:Script': 'expression resultVariable',
  'zeebe:VersionTag': 'value',
  'reglament:Deadline': 'duration calendar warnBefore pauseStates escalateTo',
  'reglament:FormBinding': 'readable writable required',
  'reglament:TimerMisfire': 'misfire',
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
  'bpmn:ResourceRole': 'name',
  'bpmn:CorrelationProperty': 'name type',
  'bpmn:CorrelationKey': 'name',
  'bpmn:MessageFlow': 'name',
  'zeebe:TemplateSupported': 'modelerTemplate modelerTemplateVersion modelerTemplateIcon',
  'zeebe:TemplatedRootElement': 'modelerTemplate',
  'zeebe:ConfigurationSupported': 'modelerConfigurationTemplate modelerConfigurationName',
};

/**
 * Legal, and not for an engine of this kind: what is agreed beside the processes, how a service is reached, how a form looks.
 * Nothing at run time depends on it, so it passes with a warning of lint that names it (ADR 0013).
 */
const DESCRIBED: Readonly<Record<string, string>> = {
  'bpmn:Definitions': 'relationships',
  'bpmn:FlowElement': 'auditing monitoring',
  'bpmn:Process': 'auditing monitoring supports resources',
  'bpmn:CallableElement': 'supportedInterfaceRef ioBinding',
  'bpmn:Activity': 'resources',
  'bpmn:GlobalTask': 'resources',
  'bpmn:GlobalUserTask': 'implementation renderings',
  'bpmn:GlobalBusinessRuleTask': 'implementation',
  'bpmn:UserTask': 'implementation renderings',
  'bpmn:ServiceTask': 'implementation operationRef',
  'bpmn:SendTask': 'implementation',
  'bpmn:ReceiveTask': 'implementation',
  'bpmn:BusinessRuleTask': 'implementation',
  'bpmn:Collaboration':
    'conversations conversationAssociations conversationLinks participantAssociations messageFlowAssociations choreographyRef',
  'bpmn:Participant': 'interfaceRef participantMultiplicity endPointRef',
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
      // A number, PT1H or a date is the same in every language.
      if (!/feel/i.test(String(value)) && !CONSTANT.test(textOf(element, 'body') ?? ''))
        problems.unsupported(owner, `An expression in "${String(value)}"`, 'Write it in FEEL.');
      continue;
    }
    if (isDescribed(element, type, name)) {
      problems.assume(owner, 'not-executed', name);
      continue;
    }
    if (!lists(COMPILED, type, name)) {
      problems.unsupported(owner, `${element === owner ? '' : `${element.$type} `}${name}`);
      continue;
    }
    for (const inner of Array.isArray(value) ? value : [value]) {
      // Each executable process is a root of its own; the others are pictures.
      if (isContained(inner, element) && inner.$type !== 'bpmn:Process')
        visit(inner, inner.id === undefined ? owner : inner, problems);
    }
  }
}

/** A whole number, an ISO 8601 duration, date or repetition, or true and false. */
const CONSTANT = /^(\d+|true|false|R\d*\/.+|P[\dTYMWDHS.,]+|\d{4}-\d{2}-\d{2}T[\d:.+Z-]+)$/;

/** Who performs is an assignment where people work by a list, and a description anywhere else (§10.3.4). */
function isDescribed({ $type }: ModdleElement, type: string, name: string): boolean {
  return lists(DESCRIBED, type, name) && !(name === 'resources' && /UserTask$/.test($type));
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
