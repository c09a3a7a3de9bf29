import { assertNever } from '../../assert-never.ts';
import { definitionsOf } from '../../model/definitions-of.ts';
import { isActivity, type Activity, type FlowNode, type ProcessModel } from '../../model/process-model.ts';
import type { LintSurroundings } from '../lint-rule.ts';

export interface WrittenNames {
  readonly names: ReadonlySet<string>;
  /** Nothing else can set a variable: no job, message, called process or caller brings names that the model does not say. */
  readonly complete: boolean;
}

/** Numbers that the engine itself sets in loops (Camunda 8) and at complex gateways. */
export const COUNTERS = [
  'activationCount',
  'loopCounter',
  'numberOfInstances',
  'numberOfActiveInstances',
  'numberOfCompletedInstances',
  'numberOfTerminatedInstances',
];
const OF_ENGINE = [...COUNTERS, 'activationCounts'];

/** The variables that a process sets, as far as its model says so. */
export function writtenNames(process: ProcessModel, surroundings: LintSurroundings): WrittenNames {
  const names = new Set<string>();
  let complete = true;
  const add = (more: readonly string[]) => more.forEach((name) => names.add(name));
  for (const { variableNames = [] } of process.scopes.values()) add(variableNames);
  for (const node of process.nodes.values()) {
    add(namesWrittenBy(node, surroundings));
    if (broughtBy(node, surroundings.formOf) === null) complete = false;
  }
  // An instance that starts without a form starts with whatever its caller gives.
  const startsAtForm = [...process.nodes.values()].some(
    (node) => node.type === 'startEvent' && node.form !== undefined,
  );
  return { names, complete: complete && startsAtForm };
}

/** The variables that an element sets as far as the model says so; a worker or caller may bring others. */
export function namesWrittenBy(node: FlowNode, { formOf }: LintSurroundings): readonly string[] {
  return [
    ...[...node.inputMappings, ...node.outputMappings].map(({ target }) => target.split('.')[0] ?? target),
    ...namesOfAssociations(node),
    ...(isActivity(node) ? namesOfLoop(node) : []),
    ...(broughtBy(node, formOf) ?? []),
  ];
}

/** The data of BPMN 2.0.2 §10.4 are variables (ADR 0009). */
export function namesOfAssociations({ associations }: FlowNode): readonly string[] {
  const { properties = [], inputs = [], outputs = [] } = associations ?? {};
  return [...properties, ...[...inputs, ...outputs].map(({ target }) => target)];
}

function namesOfLoop(node: Activity): readonly string[] {
  const { inputElement, outputCollection } = node.multiInstance ?? {};
  const collected = node.type === 'adHocSubProcess' ? node.choice?.outputCollection : undefined;
  return [inputElement, outputCollection, collected, ...OF_ENGINE].filter((name) => name !== undefined);
}

/** Variables that an element sets when it completes; null where nobody can know. */
function broughtBy(node: FlowNode, formOf: LintSurroundings['formOf']): readonly string[] | null {
  // With output mappings only those leave the element (Camunda 8 rule).
  const mapped = node.outputMappings.length > 0;
  switch (node.type) {
    case 'startEvent':
    case 'userTask': {
      if (node.type === 'startEvent' && node.event.kind !== 'none') return eventNames(node, mapped);
      if (node.form === undefined) return node.type === 'startEvent' || mapped ? [] : null;
      const form = node.form.id.static ? formOf?.(node.form.id.text) : undefined;
      return form === undefined ? (mapped ? [] : null) : form.fields.map(({ name }) => name);
    }
    case 'serviceTask':
    case 'sendTask':
    case 'scriptTask':
    case 'businessRuleTask':
      // The entries of a context may have any name.
      if ('contextAsVariables' in node.implementation) return mapped ? [] : null;
      if ('resultVariable' in node.implementation) return [node.implementation.resultVariable];
      return mapped || node.implementation.kind === 'message' ? [] : null;
    case 'callActivity':
      return mapped || !node.propagateAllChildVariables ? [] : null;
    case 'receiveTask':
      return mapped ? [] : null;
    case 'intermediateCatchEvent':
    case 'boundaryEvent':
    case 'intermediateThrowEvent':
    case 'endEvent':
      return eventNames(node, mapped);
    case 'adHocSubProcess':
      // Whoever starts an activity by choice may give variables along.
      return node.choice === undefined ? [] : null;
    case 'task':
    case 'manualTask':
    case 'exclusiveGateway':
    case 'parallelGateway':
    case 'inclusiveGateway':
    case 'complexGateway':
    case 'eventBasedGateway':
      return [];
    // What is inside writes for itself.
    case 'subProcess':
    case 'transaction':
    case 'eventSubProcess':
      return [];
    default:
      return assertNever(node);
  }
}

function eventNames(node: Extract<FlowNode, { readonly event: unknown }>, mapped: boolean): readonly string[] | null {
  const brings = definitionsOf(node.event).some(
    (event) =>
      ['signal', 'error', 'escalation'].includes(event.kind) ||
      (event.kind === 'message' && bringsMessage(node, event)),
  );
  return brings && !mapped ? null : [];
}

/** A caught message brings what it likes; a thrown one only where a job worker sends it. */
function bringsMessage(node: FlowNode, event: { readonly job?: unknown }): boolean {
  return event.job !== undefined || !['intermediateThrowEvent', 'endEvent'].includes(node.type);
}
