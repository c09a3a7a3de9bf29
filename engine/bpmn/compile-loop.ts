import type { MultiInstance } from '../model/process-model.ts';
import { bodyOf, elementOf, extensionOf, flagOf, textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

/** The multi-instance marker (BPMN 2.0.2 §10.3.8) with `zeebe:loopCharacteristics`; parallel only for now. */
export function compileLoop(element: ModdleElement, problems: ProblemList): MultiInstance | undefined {
  const marker = elementOf(element, 'loopCharacteristics');
  if (marker === undefined) return undefined;
  if (marker.$type !== 'bpmn:MultiInstanceLoopCharacteristics') {
    problems.unsupported(element, 'A standard loop');
    return undefined;
  }
  if (flagOf(marker, 'isSequential') === true) problems.unsupported(element, 'A sequential multi-instance marker');
  if (elementOf(marker, 'loopCardinality') !== undefined) problems.unsupported(element, 'loopCardinality');
  const behavior = textOf(marker, 'behavior');
  if (behavior !== undefined && behavior !== 'All')
    problems.unsupported(element, `Multi-instance behavior "${behavior}"`);
  const extension = extensionOf(marker, 'zeebe:LoopCharacteristics');
  const collection = textOf(extension, 'inputCollection');
  if (collection === undefined) {
    problems.missing(
      element,
      'input collection',
      'Give zeebe:loopCharacteristics an inputCollection such as "=items".',
    );
    return undefined;
  }
  const inputElement = textOf(extension, 'inputElement');
  const outputCollection = textOf(extension, 'outputCollection');
  if (inputElement !== undefined) problems.variableName(element, 'input element', inputElement);
  if (outputCollection !== undefined) problems.variableName(element, 'output collection', outputCollection);
  const outputElement = problems.optionalExpression(element, 'output element', textOf(extension, 'outputElement'));
  const condition = bodyOf(elementOf(marker, 'completionCondition'));
  const completionCondition = problems.optionalExpression(element, 'completion condition', condition);
  return {
    sequential: false,
    inputCollection: problems.expression(element, 'input collection', collection),
    ...(inputElement === undefined ? {} : { inputElement }),
    ...(outputCollection === undefined ? {} : { outputCollection }),
    ...(outputElement === undefined ? {} : { outputElement }),
    ...(completionCondition === undefined ? {} : { completionCondition }),
  };
}
