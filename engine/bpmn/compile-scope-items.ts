import type { ProcessIo } from '../model/process-model.ts';
import { compileInputSets, compileOutputSets } from './compile-io-sets.ts';
import { checkItems, itemsOf, nameSeenFrom, variableNameOf } from './item-aware.ts';
import { elementOf, elementsOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

/** The variables that a scope begins with: its data objects; properties, inputs and outputs of a sub-process are the activity's. */
export function scopeVariables(scope: ModdleElement, problems: ProblemList): readonly string[] {
  const isProcess = /^bpmn:(Process|Global\w*Task)$/.test(scope.$type);
  if (isProcess) checkItems(scope, problems);
  const items = itemsOf(scope).filter(({ $type }) => isProcess || $type === 'bpmn:DataObject');
  return [...new Set(items.map(variableNameOf))];
}

/** `ioSpecification` of a process or global task (BPMN 2.0.2 §10.4.1). */
export function compileProcessIo(process: ModdleElement, problems: ProblemList): ProcessIo | undefined {
  const io = elementOf(process, 'ioSpecification');
  if (io === undefined) return undefined;
  return {
    inputs: elementsOf(io, 'dataInputs').map(variableNameOf),
    inputSets: compileInputSets(process, io, problems),
    outputSets: compileOutputSets(process, io, { problems }),
    outputs: elementsOf(io, 'dataOutputs').map(variableNameOf),
  };
}

/** A reference must see its data object. A data store alone is a picture. */
export function checkReference(element: ModdleElement, problems: ProblemList): void {
  if (element.$type !== 'bpmn:DataObjectReference') return;
  const object = elementOf(element, 'dataObjectRef');
  if (object === undefined) problems.missing(element, 'data object', 'Choose the data object that it shows.');
  else nameSeenFrom(elementOf(element, '$parent'), object, { at: element, problems });
}
