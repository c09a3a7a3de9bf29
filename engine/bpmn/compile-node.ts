import type { ComplexGateway, FlowNode } from '../model/process-model.ts';
import type { Associations } from '../model/association.ts';
import { checkDefault } from './check-default.ts';
import { compileActivity } from './compile-activity.ts';
import { compileAssociations } from './compile-associations.ts';
import { compileEventBasedGateway } from './compile-event-based-gateway.ts';
import { compileEvent } from './compile-event.ts';
import { compileMappings } from './compile-mappings.ts';
import { isEngineExtension } from './engine-extension.ts';
import { flowsOf } from './flows-of.ts';
import {
  bodyOf,
  elementOf,
  elementsOf,
  extensionsOf,
  extensionOf,
  localType,
  textOf,
  type ModdleElement,
} from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

export type NodeParts = Pick<
  FlowNode,
  'id' | 'name' | 'scopeId' | 'incoming' | 'outgoing' | 'inputMappings' | 'outputMappings' | 'properties'
> & { readonly defaultFlowId?: string; readonly documentation?: string; readonly associations?: Associations };

const JOB = ['zeebe:TaskDefinition', 'zeebe:TaskHeaders', 'zeebe:JobPriorityDefinition'];

/** Which extension elements each kind of node executes; any other is refused by name. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  startEvent: ['zeebe:FormDefinition', 'reglament:FormBinding', 'zeebe:IoMapping'],
  endEvent: [...JOB, 'zeebe:IoMapping'],
  intermediateCatchEvent: ['zeebe:IoMapping'],
  intermediateThrowEvent: [...JOB, 'zeebe:IoMapping'],
  boundaryEvent: ['zeebe:IoMapping'],
  task: ['zeebe:IoMapping'],
  manualTask: ['zeebe:IoMapping'],
  receiveTask: ['zeebe:IoMapping'],
  subProcess: ['zeebe:IoMapping'],
  adHocSubProcess: ['zeebe:AdHoc', 'zeebe:IoMapping'],
  transaction: ['zeebe:IoMapping'],
  userTask: [
    'zeebe:UserTask',
    'zeebe:FormDefinition',
    'zeebe:AssignmentDefinition',
    'zeebe:TaskSchedule',
    'zeebe:PriorityDefinition',
    'zeebe:TaskHeaders',
    'zeebe:IoMapping',
    'reglament:Deadline',
    'reglament:FormBinding',
  ],
  serviceTask: [...JOB, 'zeebe:IoMapping'],
  sendTask: [...JOB, 'zeebe:IoMapping'],
  scriptTask: [...JOB, 'zeebe:Script', 'zeebe:IoMapping'],
  businessRuleTask: [...JOB, 'zeebe:CalledDecision', 'zeebe:IoMapping'],
  callActivity: ['zeebe:CalledElement', 'zeebe:IoMapping'],
  exclusiveGateway: [],
  parallelGateway: [],
  inclusiveGateway: [],
  complexGateway: [],
  eventBasedGateway: [],
};

/** Compiles a flow node; null (with a problem) when the engine does not execute it. */
export function compileNode(element: ModdleElement, scopeId: string, problems: ProblemList): FlowNode | null {
  const type = localType(element);
  const allowed = EXTENSIONS[type];
  if (allowed === undefined) {
    problems.unsupported(element, type);
    return null;
  }
  refuseUnknown(element, allowed, problems);
  const parts = compileParts(element, scopeId, problems);
  checkDirection(element, parts, problems);
  switch (type) {
    case 'exclusiveGateway':
      checkDefault(element, problems);
      return { ...parts, type, ...compileSplit(element, problems) };
    case 'inclusiveGateway':
      checkDefault(element, problems);
      return { ...parts, type };
    case 'complexGateway':
      checkDefault(element, problems);
      return { ...parts, type, ...compileActivation(element, parts, problems) };
    case 'parallelGateway':
      if (parts.defaultFlowId !== undefined) problems.unsupported(element, 'A default flow');
      return { ...parts, type };
    case 'eventBasedGateway':
      return compileEventBasedGateway(element, parts, problems);
    case 'startEvent':
    case 'endEvent':
    case 'intermediateCatchEvent':
    case 'intermediateThrowEvent':
    case 'boundaryEvent':
      return compileEvent(element, parts, problems);
    default:
      return compileActivity(element, parts, problems);
  }
}

function compileParts(element: ModdleElement, scopeId: string, problems: ProblemList): NodeParts {
  const mapping = extensionOf(element, 'zeebe:IoMapping');
  const properties = elementsOf(extensionOf(element, 'zeebe:Properties'), 'properties');
  const documentation = elementsOf(element, 'documentation')[0];
  const defaultFlowId = elementOf(element, 'default')?.id;
  const text = textOf(documentation, 'text');
  const associations = compileAssociations(element, problems);
  return {
    id: element.id ?? '',
    name: element.name ?? '',
    scopeId,
    incoming: idsOf(flowsOf(element, 'incoming')),
    outgoing: idsOf(flowsOf(element, 'outgoing')),
    ...(defaultFlowId === undefined ? {} : { defaultFlowId }),
    ...(text === undefined ? {} : { documentation: text }),
    inputMappings: compileMappings(element, elementsOf(mapping, 'inputParameters'), problems),
    outputMappings: compileMappings(element, elementsOf(mapping, 'outputParameters'), problems),
    ...(associations === undefined ? {} : { associations }),
    properties: Object.fromEntries(
      properties.map((property) => [property.name ?? '', textOf(property, 'value') ?? '']),
    ),
  };
}

function refuseUnknown(element: ModdleElement, allowed: readonly string[], problems: ProblemList): void {
  for (const extension of extensionsOf(element)) {
    if (extension.$type === 'zeebe:Properties' || allowed.includes(extension.$type)) continue;
    if (isEngineExtension(extension.$type)) problems.unsupported(element, extension.$type);
  }
}

/** `gatewayDirection` (§10.6.1) changes nothing, and editors do not keep it when a flow is drawn: the flows count, and lint says so. */
function checkDirection(element: ModdleElement, { incoming, outgoing }: NodeParts, problems: ProblemList): void {
  const direction = textOf(element, 'gatewayDirection');
  const [joins, splits] = [incoming.length > 1, outgoing.length > 1];
  const said = { Converging: joins && !splits, Diverging: splits && !joins, Mixed: joins && splits };
  if (direction === undefined || !(direction in said)) return;
  if (!said[direction as keyof typeof said]) problems.assume(element, 'gateway-direction', direction);
}

/** BPMN 2.0.2 §10.6.5: over the incoming flows that hold a token; needed only where there are several. */
function compileActivation(
  element: ModdleElement,
  { incoming }: NodeParts,
  problems: ProblemList,
): Pick<ComplexGateway, 'activationCondition'> {
  const text = bodyOf(elementOf(element, 'activationCondition'));
  if (text === undefined) {
    if (incoming.length > 1)
      problems.missing(element, 'activation condition', 'Say when it starts, as in "=activationCount >= 2".');
    return {};
  }
  return { activationCondition: problems.expression(element, 'activation condition', text) };
}

/**
 * Every way out of an exclusive split must be decidable: a condition each, or the default. The only way without a condition
 * is meant when no other is true (ADR 0013).
 */
function compileSplit(element: ModdleElement, problems: ProblemList): { readonly defaultFlowId?: string } {
  const outgoing = flowsOf(element, 'outgoing');
  const fallback = elementOf(element, 'default');
  const open = outgoing.filter((flow) => flow !== fallback && elementOf(flow, 'conditionExpression') === undefined);
  const [only, another] = open;
  if (outgoing.length < 2 || only === undefined) return {};
  if (fallback === undefined && another === undefined) {
    problems.assume(element, 'default-flow', only.id ?? '');
    return { defaultFlowId: only.id ?? '' };
  }
  for (const flow of open) {
    problems.add(flow, {
      code: 'missing-condition',
      message: `${titleOf(flow)} leaves ${titleOf(element)} without a condition.`,
      remedy: 'Give it a condition or make it the default flow.',
    });
  }
  return {};
}

function idsOf(elements: readonly ModdleElement[]): readonly string[] {
  return elements.map((element) => element.id ?? '');
}
