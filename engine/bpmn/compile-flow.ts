import type { SequenceFlow } from '../model/process-model.ts';
import { bodyOf, elementOf, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** BPMN 2.0.2 §8.4.13: a condition is FEEL and stands only on flows that leave an exclusive gateway. */
export function compileFlow(element: ModdleElement, problems: ProblemList): SequenceFlow | null {
  const source = elementOf(element, 'sourceRef');
  const target = elementOf(element, 'targetRef');
  if (source?.id === undefined || target?.id === undefined || element.id === undefined) {
    problems.add(element, {
      code: 'dangling-flow',
      message: `${titleOf(element)} does not connect two elements.`,
      remedy: 'Connect both ends or remove it.',
    });
    return null;
  }
  const conditionElement = elementOf(element, 'conditionExpression');
  const text = bodyOf(conditionElement);
  if (conditionElement !== undefined) checkCondition(element, source, text, problems);
  const language = textOf(conditionElement, 'language');
  if (language !== undefined && !/feel/i.test(language)) {
    problems.unsupported(element, `A condition in "${language}"`, 'Write the condition in FEEL.');
  }
  return {
    id: element.id,
    name: element.name ?? '',
    sourceId: source.id,
    targetId: target.id,
    ...(text === undefined ? {} : { condition: problems.expression(element, 'condition', text) }),
  };
}

function checkCondition(
  element: ModdleElement,
  source: ModdleElement,
  text: string | undefined,
  problems: ProblemList,
): void {
  if (source.$type !== 'bpmn:ExclusiveGateway') {
    problems.unsupported(
      element,
      'A condition on a flow that does not leave an exclusive gateway',
      'Put an exclusive gateway before it.',
    );
  }
  if (text === undefined || !text.startsWith('=')) {
    problems.add(element, {
      code: 'invalid-expression',
      message: `The condition of ${titleOf(element)} is not a FEEL expression.`,
      remedy: 'Begin it with "=", as in "=amount > 100".',
    });
  }
}
