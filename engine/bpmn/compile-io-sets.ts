import type { InputSet, OutputSet } from '../model/association.ts';
import { variableNameOf } from './item-aware.ts';
import { elementsOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** Input sets in file order (BPMN 2.0.2 §10.4.1); without any, all inputs are one set. */
export function compileInputSets(
  element: ModdleElement,
  io: ModdleElement,
  problems: ProblemList,
): readonly InputSet[] {
  const inputs = elementsOf(io, 'dataInputs');
  const sets = elementsOf(io, 'inputSets');
  const outputSets = elementsOf(io, 'outputSets');
  if (sets.length === 0) return inputs.length === 0 ? [] : [{ required: inputs.map(variableNameOf) }];
  return sets.map((set) => {
    checkMembers(element, { set, known: inputs, lists: INPUT_LISTS, problems });
    const own = outputSets.flatMap((outputSet, index) =>
      elementsOf(set, 'outputSetRefs').includes(outputSet) || elementsOf(outputSet, 'inputSetRefs').includes(set)
        ? [index]
        : [],
    );
    return { required: requiredOf(set, INPUT_LISTS), ...(own.length === 0 ? {} : { outputSets: own }) };
  });
}

export interface OutputSetOptions {
  /** The output that a loop gathers from its instances: none of them fills it. */
  readonly gathered?: ModdleElement | undefined;
  readonly problems: ProblemList;
}

export function compileOutputSets(
  element: ModdleElement,
  io: ModdleElement,
  { gathered, problems }: OutputSetOptions,
): readonly OutputSet[] {
  const outputs = elementsOf(io, 'dataOutputs');
  const without = (names: readonly string[]) =>
    names.filter((name) => gathered === undefined || name !== variableNameOf(gathered));
  const sets = elementsOf(io, 'outputSets');
  if (sets.length === 0) return outputs.length === 0 ? [] : [{ required: without(outputs.map(variableNameOf)) }];
  return sets.map((set) => {
    checkMembers(element, { set, known: outputs, lists: OUTPUT_LISTS, problems });
    return { required: without(requiredOf(set, OUTPUT_LISTS)) };
  });
}

/** All members, then those that are not required. */
type Lists = readonly [all: string, ...rest: readonly string[]];
const INPUT_LISTS: Lists = ['dataInputRefs', 'optionalInputRefs', 'whileExecutingInputRefs'];
const OUTPUT_LISTS: Lists = ['dataOutputRefs', 'optionalOutputRefs', 'whileExecutingOutputRefs'];

function requiredOf(set: ModdleElement, [all, ...rest]: Lists): readonly string[] {
  const free = rest.flatMap((list) => elementsOf(set, list));
  return elementsOf(set, all)
    .filter((item) => !free.includes(item))
    .map(variableNameOf);
}

function checkMembers(
  element: ModdleElement,
  {
    set,
    known,
    lists,
    problems,
  }: {
    readonly set: ModdleElement;
    readonly known: readonly ModdleElement[];
    readonly lists: Lists;
    readonly problems: ProblemList;
  },
): void {
  for (const item of lists.flatMap((list) => elementsOf(set, list))) {
    if (known.includes(item)) continue;
    problems.add(element, {
      code: 'misplaced-association',
      message: `${titleOf(set)} of ${titleOf(element)} lists ${titleOf(item)}, which is not its own.`,
      remedy: 'List only inputs and outputs of the same element.',
    });
  }
}
