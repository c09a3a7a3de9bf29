import type { SequenceFlow } from '../model/process-model.ts';
import { bodyOf, elementOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** BPMN 2.0.2 §8.4.13: a condition is FEEL and stands on flows that leave an activity or a gateway that chooses. */
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
  checkEnds(element, source, target, problems);
  const conditionElement = elementOf(element, 'conditionExpression');
  if (conditionElement !== undefined) checkCondition(element, source, problems);
  return {
    id: element.id,
    name: element.name ?? '',
    sourceId: source.id,
    targetId: target.id,
    ...(conditionElement === undefined
      ? {}
      : { condition: problems.condition(element, 'condition', bodyOf(conditionElement)) }),
  };
}

/** BPMN 2.0.2 §8.4.13, tables 7.3 and 7.4: a flow stays in its scope, enters no start or boundary event and leaves no end event. */
function checkEnds(element: ModdleElement, source: ModdleElement, target: ModdleElement, problems: ProblemList): void {
  const refuse = (message: string, remedy: string) =>
    problems.add(element, { code: 'misplaced-flow', message: `${titleOf(element)} ${message}.`, remedy });
  const scope = elementOf(element, '$parent');
  if (elementOf(source, '$parent') !== scope || elementOf(target, '$parent') !== scope) {
    refuse('crosses the border of a process or sub-process', 'End it at the border and go on from the sub-process.');
  }
  for (const end of [source, target]) {
    if (/^bpmn:(Data|Sequence)/.test(end.$type))
      refuse(`touches ${titleOf(end)}, which is no step`, 'Draw a data association.');
  }
  if (['bpmn:StartEvent', 'bpmn:BoundaryEvent'].includes(target.$type)) {
    refuse(`leads into ${titleOf(target)}`, 'Lead it to another step.');
  }
  if (source.$type === 'bpmn:EndEvent') refuse(`leaves ${titleOf(source)}`, 'Remove it or use an intermediate event.');
}

/** Activities, and gateways that choose by conditions (§8.4.13, §10.6); events and the other gateways choose nothing. */
const CHOOSES = /^bpmn:(\w*Task|\w*SubProcess|CallActivity|Transaction|(Exclusive|Inclusive|Complex)Gateway)$/;

function checkCondition(element: ModdleElement, source: ModdleElement, problems: ProblemList): void {
  if (CHOOSES.test(source.$type)) return;
  problems.unsupported(
    element,
    `A condition on a flow that leaves ${titleOf(source)}, which does not choose,`,
    'Put an exclusive or inclusive gateway before it.',
  );
}
