import type { AdHocChoice, AdHocSubProcess } from '../model/process-model.ts';
import { flowsOf } from './flows-of.ts';
import { bodyOf, elementOf, elementsOf, extensionOf, flagOf, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

type AdHocParts = Pick<AdHocSubProcess, 'sequential' | 'completionCondition' | 'cancelRemaining' | 'choice'>;

/** BPMN 2.0.2 §10.3.5, §13.3.5, with `zeebe:adHoc`. */
export function compileAdHoc(element: ModdleElement, problems: ProblemList): AdHocParts {
  const ordering = textOf(element, 'ordering') ?? 'Parallel';
  if (ordering !== 'Parallel' && ordering !== 'Sequential') {
    problems.unsupported(element, `The ordering "${ordering}"`, 'Use Parallel or Sequential.');
  }
  const sequential = ordering === 'Sequential';
  checkInside(element, problems);
  if (sequential) for (const inner of elementsOf(element, 'flowElements')) checkOneAtATime(inner, problems);
  const given = elementOf(element, 'completionCondition');
  const condition =
    given === undefined ? undefined : problems.condition(element, 'completion condition', bodyOf(given));
  const choice = compileChoice(element, problems);
  return {
    sequential,
    cancelRemaining: flagOf(element, 'cancelRemainingInstances') !== false,
    ...(condition === undefined ? {} : { completionCondition: condition }),
    ...(choice === undefined ? {} : { choice }),
  };
}

function compileChoice(element: ModdleElement, problems: ProblemList): AdHocChoice | undefined {
  const extension = extensionOf(element, 'zeebe:AdHoc');
  if (extension === undefined) return undefined;
  const collection = textOf(extension, 'activeElementsCollection');
  const activeElements = problems.optionalExpression(element, 'active elements collection', collection);
  const outputCollection = textOf(extension, 'outputCollection');
  const outputElement = problems.optionalExpression(element, 'output element', textOf(extension, 'outputElement'));
  if (outputCollection !== undefined) problems.variableName(element, 'output collection', outputCollection);
  if ((outputCollection === undefined) !== (outputElement === undefined)) {
    problems.missing(element, 'output collection with an output element', 'Give zeebe:adHoc both, or neither.');
  }
  return {
    ...(activeElements === undefined ? {} : { activeElements }),
    ...(outputCollection === undefined ? {} : { outputCollection }),
    ...(outputElement === undefined ? {} : { outputElement }),
  };
}

const ACTIVITY = /(Task|SubProcess|CallActivity|Transaction)$/;

/** §10.3.5: activities and what may stand between them, but no start event and no end event. */
function checkInside(element: ModdleElement, problems: ProblemList): void {
  const inside = elementsOf(element, 'flowElements');
  for (const inner of inside) {
    if (inner.$type !== 'bpmn:StartEvent' && inner.$type !== 'bpmn:EndEvent') continue;
    problems.add(inner, {
      code: 'misplaced-event',
      message: `${titleOf(inner)} stands in ${titleOf(element)}, whose activities start by choice and end by themselves.`,
      remedy: 'Remove it, or draw a sub-process without the ad-hoc marker.',
    });
  }
  const canStart = inside.some(
    (inner) =>
      ACTIVITY.test(inner.$type) &&
      flagOf(inner, 'triggeredByEvent') !== true &&
      flagOf(inner, 'isForCompensation') !== true &&
      flowsOf(inner, 'incoming').length === 0,
  );
  if (!canStart) problems.missing(element, 'activity that can start', 'Draw an activity to which no flow leads.');
}

/** Sequential ordering: what would let two activities of the sub-process run side by side. */
function checkOneAtATime(inner: ModdleElement, problems: ProblemList): void {
  const refuse = (what: string) =>
    problems.unsupported(
      inner,
      `${what} in a sequential ad-hoc sub-process`,
      'Make the ordering parallel, or remove it.',
    );
  const chooses = inner.$type === 'bpmn:ExclusiveGateway' || inner.$type === 'bpmn:EventBasedGateway';
  if (!chooses && flowsOf(inner, 'outgoing').length > 1) refuse('A split');
  if (inner.$type === 'bpmn:BoundaryEvent' && flagOf(inner, 'cancelActivity') === false) {
    refuse('A non-interrupting event');
  }
  if (flagOf(inner, 'triggeredByEvent') !== true) return;
  const start = elementsOf(inner, 'flowElements').find(({ $type }) => $type === 'bpmn:StartEvent');
  if (start !== undefined && flagOf(start, 'isInterrupting') === false) refuse('A non-interrupting event sub-process');
}
