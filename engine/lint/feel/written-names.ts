import { definitionsOf } from '../../model/definitions-of.ts';
import { isActivity, type FlowNode, type ProcessModel } from '../../model/process-model.ts';
import type { LintSurroundings } from '../lint-rule.ts';

export interface WrittenNames {
  readonly names: ReadonlySet<string>;
  /** Nothing else can set a variable: no job, message, called process or caller brings names that the model does not say. */
  readonly complete: boolean;
}

/** What the engine itself sets in loops (Camunda 8) and at complex gateways. */
const OF_ENGINE = [
  'activationCount',
  'activationCounts',
  'loopCounter',
  'numberOfInstances',
  'numberOfActiveInstances',
  'numberOfCompletedInstances',
  'numberOfTerminatedInstances',
];

/** The variables that a process sets, as far as its model says so. */
export function writtenNames(process: ProcessModel, { formOf }: LintSurroundings): WrittenNames {
  const names = new Set<string>();
  let complete = true;
  for (const node of process.nodes.values()) {
    for (const { target } of [...node.inputMappings, ...node.outputMappings]) names.add(target.split('.')[0] ?? target);
    if (isActivity(node)) for (const name of namesOfLoop(node)) names.add(name);
    const brought = broughtBy(node, formOf);
    if (brought === null) complete = false;
    else for (const name of brought) names.add(name);
  }
  // An instance that starts without a form starts with whatever its caller gives.
  const startsAtForm = [...process.nodes.values()].some(
    (node) => node.type === 'startEvent' && node.form !== undefined,
  );
  return { names, complete: complete && startsAtForm };
}

function namesOfLoop(
  node: FlowNode & { readonly multiInstance?: { readonly inputElement?: string; readonly outputCollection?: string } },
) {
  const { inputElement, outputCollection } = node.multiInstance ?? {};
  return [inputElement, outputCollection, ...OF_ENGINE].filter((name) => name !== undefined);
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
    default:
      return [];
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
