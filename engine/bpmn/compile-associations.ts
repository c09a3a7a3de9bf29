import type { Associations, DataAssociation } from '../model/association.ts';
import { compileInputSets, compileOutputSets } from './compile-io-sets.ts';
import {
  checkItems,
  holderOf,
  isItemAware,
  isPlaceholder,
  isStore,
  nameSeenFrom,
  variableNameOf,
} from './item-aware.ts';
import { bodyOf, elementOf, elementsOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** Properties, inputs, outputs and associations of an activity or event (BPMN 2.0.2 §10.4.1, §10.4.2); undefined without any. */
export function compileAssociations(element: ModdleElement, problems: ProblemList): Associations | undefined {
  const io = elementOf(element, 'ioSpecification');
  const owner = io ?? element;
  const properties = elementsOf(element, 'properties').filter((property) => !isPlaceholder(property));
  const inputs = elementsOf(element, 'dataInputAssociations').flatMap((one) => inputOf(element, one, problems));
  const loop = elementOf(element, 'loopCharacteristics');
  const gathered = elementOf(loop, 'loopDataOutputRef');
  const outputs = elementsOf(element, 'dataOutputAssociations')
    // The loop as a whole fills it, not one of its instances.
    .filter((one) => gathered === undefined || !elementsOf(one, 'sourceRef').includes(gathered))
    .flatMap((one) => outputOf(element, one, problems));
  const dataOutputs = elementsOf(owner, 'dataOutputs');
  if (properties.length + inputs.length + outputs.length + dataOutputs.length === 0 && io === undefined) {
    return undefined;
  }
  checkItems(element, problems);
  const sets = io === undefined ? [] : compileInputSets(element, io, problems);
  const filled = (name: string) => inputs.some(({ target }) => target === name);
  const unfilled = elementsOf(io, 'dataInputs').filter((one) =>
    sets.some(({ required }) => required.includes(variableNameOf(one)) && !filled(variableNameOf(one))),
  );
  for (const one of unfilled) problems.assume(one, 'unfilled-input', variableNameOf(one));
  return {
    properties: properties.map(variableNameOf),
    inputs,
    outputs,
    keepsResults: dataOutputs.length > 0,
    // An input is unavailable while what its associations carry is (§10.4.2): without any there is nothing to wait for.
    inputSets: sets.map((set) => ({ ...set, required: set.required.filter(filled) })),
    outputSets: io === undefined ? [] : compileOutputSets(element, io, { gathered, problems }),
  };
}

function inputOf(element: ModdleElement, one: ModdleElement, problems: ProblemList): readonly DataAssociation[] {
  const target = elementOf(one, 'targetRef');
  if (target === undefined) {
    problems.missing(element, 'target of its data input association', 'Lead it to a data input of the activity.');
    return [];
  }
  // The activity sees the variable as it is: there is nothing to carry.
  if (isPlaceholder(target)) return [];
  for (const item of elementsOf(one, 'sourceRef')) assumeStore(item, problems);
  if (!isItemAware(target) || holderOf(target) !== element) refuseTarget(element, target, problems);
  const around = elementOf(element, '$parent');
  const loop = elementOf(element, 'loopCharacteristics');
  const name = (item: ModdleElement) =>
    loop !== undefined && holderOf(item) === loop
      ? variableNameOf(item)
      : nameSeenFrom(around, item, { at: element, problems });
  return [compileOne(element, one, { target: variableNameOf(target), name, problems })];
}

function outputOf(element: ModdleElement, one: ModdleElement, problems: ProblemList): readonly DataAssociation[] {
  const target = elementOf(one, 'targetRef');
  if (target === undefined) {
    problems.missing(element, 'target of its data output association', 'Lead it to a data object.');
    return [];
  }
  const around = elementOf(element, '$parent');
  const says =
    elementOf(one, 'transformation') !== undefined ||
    ['sourceRef', 'assignment'].some((part) => elementsOf(one, part).length > 0);
  // Drawn by bpmn-js: the activity writes the variable by its name.
  if (!says && isStore(target)) return [];
  const targetName = nameSeenFrom(around, target, { at: element, problems });
  if (!says) return [];
  assumeStore(target, problems);
  const name = (item: ModdleElement) =>
    holderOf(item) === element ? variableNameOf(item) : nameSeenFrom(around, item, { at: element, problems });
  return [compileOne(element, one, { target: targetName, name, problems })];
}

interface Naming {
  readonly target: string;
  readonly name: (item: ModdleElement) => string;
  readonly problems: ProblemList;
}

/** §10.4.2: a transformation, assignments, both, or a plain copy of the one source. */
function compileOne(element: ModdleElement, one: ModdleElement, { target, name, problems }: Naming): DataAssociation {
  const sources = elementsOf(one, 'sourceRef').map(name);
  const text = bodyOf(elementOf(one, 'transformation'));
  const transformation = text === undefined ? undefined : problems.expression(element, 'transformation', text);
  const assignments = elementsOf(one, 'assignment').map((assignment) => {
    const from = bodyOf(elementOf(assignment, 'from'));
    const to = (bodyOf(elementOf(assignment, 'to')) ?? '').replace(/^=\s*/, '');
    const isPart = to.startsWith(target) && (to === target || PATH.test(to.slice(target.length)));
    if (!isPart) refusePath(element, { to, target, problems });
    return { source: problems.condition(element, `assignment to "${to}"`, from), target: to };
  });
  if (transformation !== undefined) return { target, transformation, assignments };
  if (assignments.length > 0) return { target, assignments };
  if (sources.length !== 1) {
    problems.add(element, {
      code: 'ambiguous-association',
      message: `${titleOf(element)} has a data association to "${target}" with ${sources.length} sources and no transformation.`,
      remedy: 'Keep one source, or write a transformation in FEEL.',
    });
  }
  return { target, ...(sources[0] === undefined ? {} : { copyOf: sources[0] }), assignments };
}

const PATH = /^(?!.*__proto__)(\.[\p{L}_][\p{L}\p{N}_]*)+$/u;

function refusePath(
  element: ModdleElement,
  { to, target, problems }: { readonly to: string; readonly target: string; readonly problems: ProblemList },
): void {
  problems.add(element, {
    code: 'invalid-mapping',
    message: `${titleOf(element)} assigns to "${to}", which is no part of "${target}".`,
    remedy: `Write "${target}" or a dotted path that begins with it, such as "${target}.total".`,
  });
}

function refuseTarget(element: ModdleElement, target: ModdleElement, problems: ProblemList): void {
  problems.add(element, {
    code: 'misplaced-association',
    message: `A data input association of ${titleOf(element)} leads to ${titleOf(target)}, which is not its own.`,
    remedy: 'Lead it to a data input or property of this element.',
  });
}

/** A data store outlives every process (§10.4.1); what a model carries into it lives as long as the instance (ADR 0013). */
function assumeStore(item: ModdleElement, problems: ProblemList): void {
  if (isStore(item)) problems.assume(item, 'data-store', variableNameOf(item));
}
