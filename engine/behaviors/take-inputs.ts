import type { ElementInstance, IncidentRetry } from '../instance.ts';
import type { VariableMap } from '../json.ts';
import type { Associations } from '../model/association.ts';
import { isActivity, type FlowNode } from '../model/process-model.ts';
import { carryAssociations } from './carry-associations.ts';
import { emit } from './emit.ts';
import { ownOfIteration } from './map-variables.ts';
import { openBoundaryEvents } from './open-event.ts';
import { takeKey, type Run } from './run.ts';
import { declareVariables, setLocalVariables } from './write-variables.ts';

/**
 * Properties and inputs become variables of the element. An activity of which no input set is filled waits instead
 * (BPMN 2.0.2 §13.3.2, ready but not active), its boundary events open; then the answer is false.
 */
export function takeInputs(run: Run, node: FlowNode, { element, entry }: Entering): boolean {
  const { associations } = node;
  if (associations === undefined) return true;
  const inputs = readInputs(run, node, { element, associations });
  const waits = entry.occurrence === undefined && isActivity(node) && chosenSet(associations, inputs) === null;
  declareVariables(run, element.key, associations.properties);
  if (waits) {
    remember(run, element, { missingInputs: missingIn(associations, inputs) });
    awaitInputs(run, node, { element, entry });
    return false;
  }
  setLocalVariables(run, element.key, inputs);
  const inputSet = chosenSet(associations, inputs);
  if (inputSet !== null && associations.inputSets.length > 1) remember(run, element, { inputSet });
  return true;
}

/** What a retried activation knows of its first try. */
export type Entry = Omit<Extract<IncidentRetry, { kind: 'activate' }>, 'kind'>;

export interface Entering {
  readonly element: ElementInstance;
  readonly entry: Entry;
}

/** What the input associations give at this moment; read from around the element. */
export function readInputs(
  run: Run,
  node: FlowNode,
  { element, associations }: { readonly element: ElementInstance; readonly associations: Associations },
): VariableMap {
  return carryAssociations(run, associations.inputs, {
    scopeKey: element.scopeKey ?? element.key,
    own: ownOfIteration(run, node, element),
    targetKey: element.key,
    what: 'the data input association',
  });
}

/** The first input set of which every required input is there; -1 where nothing is asked for, null when none is. */
export function chosenSet({ inputSets }: Pick<Associations, 'inputSets'>, inputs: VariableMap): number | null {
  if (inputSets.length === 0) return -1;
  const index = inputSets.findIndex(({ required }) => required.every((name) => (inputs[name] ?? null) !== null));
  return index < 0 ? null : index;
}

/** What the first input set misses. */
export function missingIn({ inputSets }: Pick<Associations, 'inputSets'>, inputs: VariableMap): readonly string[] {
  return (inputSets[0]?.required ?? []).filter((name) => (inputs[name] ?? null) === null);
}

export function remember(run: Run, element: ElementInstance, memory: NonNullable<ElementInstance['memory']>): void {
  emit(run, { kind: 'elementRemembered', elementInstanceKey: element.key, elementId: element.elementId, memory });
}

/** A wait like that of a condition: looked at whenever a variable changes. */
function awaitInputs(run: Run, node: FlowNode, { element, entry }: Entering): void {
  if (isActivity(node) && element.loopIndex === null && entry.boundariesOpen !== true) {
    openBoundaryEvents(run, node, element);
  }
  emit(run, {
    kind: 'subscriptionOpened',
    subscription: {
      kind: 'condition',
      key: takeKey(run),
      elementInstanceKey: element.key,
      elementId: node.id,
      interrupting: true,
      openedAt: run.now,
      definitionIndex: 0,
      holds: false,
    },
  });
}
