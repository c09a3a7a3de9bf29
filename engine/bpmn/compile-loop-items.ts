import { compileExpression, type Expression } from '../expressions/expression.ts';
import { variableNameOf } from './item-aware.ts';
import { elementOf, elementsOf, extensionOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

/** What a multi-instance activity goes over and what it gathers. */
export interface LoopSource {
  readonly collection?: Expression;
  readonly inputElement?: string;
  readonly outputCollection?: string;
  readonly outputElement?: Expression;
}

/**
 * `zeebe:loopCharacteristics`, or the words of BPMN itself (§10.3.8): `loopDataInputRef`, `inputDataItem`,
 * `loopDataOutputRef`, `outputDataItem`, each a variable by the name of what it refers to.
 */
export function compileLoopItems(element: ModdleElement, marker: ModdleElement, problems: ProblemList): LoopSource {
  const extension = extensionOf(marker, 'zeebe:LoopCharacteristics');
  const own = Object.fromEntries(
    ['loopDataInputRef', 'inputDataItem', 'loopDataOutputRef', 'outputDataItem']
      .map((property) => [property, elementOf(marker, property)] as const)
      .filter(([, item]) => item !== undefined),
  );
  if (extension !== undefined && Object.keys(own).length > 0) {
    problems.unsupported(element, `${Object.keys(own)[0]} beside zeebe:loopCharacteristics`, 'Keep one of them.');
  }
  return extension === undefined ? byReference(element, own, problems) : byExtension(element, extension, problems);
}

function byExtension(element: ModdleElement, extension: ModdleElement, problems: ProblemList): LoopSource {
  const collection = problems.optionalExpression(element, 'input collection', textOf(extension, 'inputCollection'));
  const inputElement = textOf(extension, 'inputElement');
  const outputCollection = textOf(extension, 'outputCollection');
  const outputElement = problems.optionalExpression(element, 'output element', textOf(extension, 'outputElement'));
  if (inputElement !== undefined) problems.variableName(element, 'input element', inputElement);
  if (outputCollection !== undefined) problems.variableName(element, 'output collection', outputCollection);
  return {
    ...(collection === undefined ? {} : { collection }),
    ...(inputElement === undefined ? {} : { inputElement }),
    ...(outputCollection === undefined ? {} : { outputCollection }),
    ...(outputElement === undefined ? {} : { outputElement }),
  };
}

function byReference(
  element: ModdleElement,
  own: Readonly<Record<string, ModdleElement | undefined>>,
  problems: ProblemList,
): LoopSource {
  const named = (property: string) => {
    const item = own[property] && source(element, own[property]);
    if (item === undefined) return undefined;
    const name = /^bpmn:Data(Input|Output)$/.test(item.$type) ? item.name : undefined;
    return problems.variableName(element, property, name ?? variableNameOf(item));
  };
  const collection = named('loopDataInputRef');
  const inputElement = named('inputDataItem');
  const outputCollection = named('loopDataOutputRef');
  const outputItem = named('outputDataItem');
  if (outputCollection !== undefined && outputItem === undefined) {
    problems.missing(element, 'outputDataItem', 'Say which value of each instance the output collection gathers.');
  }
  if (outputItem !== undefined && outputCollection === undefined) {
    problems.missing(element, 'loopDataOutputRef', 'Say where the values of the instances are gathered.');
  }
  return {
    ...(collection === undefined ? {} : { collection: compileExpression(`=${collection}`) }),
    ...(inputElement === undefined ? {} : { inputElement }),
    ...(outputCollection === undefined ? {} : { outputCollection }),
    ...(outputItem === undefined ? {} : { outputElement: compileExpression(`=${outputItem}`) }),
  };
}

/**
 * The input and output of a task's own specification are filled from around it by associations (§10.4.1); the loop stands
 * around the task as well, so it reads and writes what they are associated with.
 */
function source(element: ModdleElement, item: ModdleElement): ModdleElement {
  const into = elementsOf(element, 'dataInputAssociations').find((one) => elementOf(one, 'targetRef') === item);
  const outOf = elementsOf(element, 'dataOutputAssociations').find((one) =>
    elementsOf(one, 'sourceRef').includes(item),
  );
  return elementsOf(into, 'sourceRef')[0] ?? elementOf(outOf, 'targetRef') ?? item;
}
