import type { CallActivity, FlowNode, JobTask, TaskImplementation } from '../model/process-model.ts';
import type { NodeParts } from './compile-node.ts';
import { compileReference } from './compile-form.ts';
import { compileJob } from './compile-job.ts';
import { compileLoop } from './compile-loop.ts';
import { compileMessage } from './compile-message.ts';
import { compileUserTask } from './compile-user-task.ts';
import {
  elementOf,
  elementsOf,
  extensionOf,
  flagOf,
  localType,
  numberOf,
  textOf,
  type ModdleElement,
} from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** Compiles a task, sub-process or call activity with its loop marker and boundary events. */
export function compileActivity(element: ModdleElement, parts: NodeParts, problems: ProblemList): FlowNode | null {
  refuseAttributes(element, problems);
  const multiInstance = compileLoop(element, problems);
  const base = {
    ...parts,
    boundaryEventIds: boundariesOf(element),
    ...(multiInstance === undefined ? {} : { multiInstance }),
  };
  const type = localType(element);
  switch (type) {
    case 'task':
    case 'manualTask':
    case 'subProcess':
      return { ...base, type };
    case 'userTask':
      return { ...base, type, ...compileUserTask(element, problems) };
    case 'receiveTask': {
      if (flagOf(element, 'instantiate') === true) problems.unsupported(element, 'An instantiating receive task');
      const message = compileMessage(element, elementOf(element, 'messageRef'), { keyed: true, problems });
      return message === null ? null : { ...base, type, message };
    }
    case 'callActivity': {
      const call = compileCall(element, problems);
      return call === null ? null : { ...base, type, ...call };
    }
    case 'serviceTask':
    case 'sendTask':
    case 'scriptTask':
    case 'businessRuleTask': {
      const implementation = compileImplementation(element, type, problems);
      return implementation === null ? null : { ...base, type, implementation };
    }
    default:
      problems.unsupported(element, type);
      return null;
  }
}

function compileImplementation(
  element: ModdleElement,
  type: JobTask['type'],
  problems: ProblemList,
): TaskImplementation | null {
  const messageRef = elementOf(element, 'messageRef');
  const script = extensionOf(element, 'zeebe:Script');
  const decision = extensionOf(element, 'zeebe:CalledDecision');
  const hasJob = extensionOf(element, 'zeebe:TaskDefinition') !== undefined;
  if (hasJob && (script !== undefined || decision !== undefined)) {
    problems.unsupported(element, 'A job type beside a script or decision', 'Keep one of them.');
  }
  if (script !== undefined && !hasJob) return compileScript(element, script, problems);
  if (decision !== undefined && !hasJob) return compileDecision(element, decision, problems);
  if (type === 'sendTask' && messageRef !== undefined && !hasJob) {
    const message = compileMessage(element, messageRef, { keyed: false, problems });
    return message === null ? null : { kind: 'message', message };
  }
  if (textOf(element, 'script') !== undefined) {
    problems.unsupported(element, 'A script in a programming language', 'Write it in FEEL as zeebe:script.');
  }
  const job = compileJob(element, problems);
  return job === null ? null : { kind: 'job', job };
}

function compileScript(
  element: ModdleElement,
  script: ModdleElement,
  problems: ProblemList,
): TaskImplementation | null {
  const text = textOf(script, 'expression');
  const resultVariable = textOf(script, 'resultVariable');
  if (text === undefined || resultVariable === undefined) {
    problems.missing(element, 'script with a result variable', 'Give zeebe:script an expression and a resultVariable.');
    return null;
  }
  problems.variableName(element, 'result variable', resultVariable);
  return { kind: 'script', script: problems.expression(element, 'script', text), resultVariable };
}

function compileDecision(
  element: ModdleElement,
  decision: ModdleElement,
  problems: ProblemList,
): TaskImplementation | null {
  const id = textOf(decision, 'decisionId');
  const resultVariable = textOf(decision, 'resultVariable');
  if (id === undefined || resultVariable === undefined) {
    problems.missing(
      element,
      'decision with a result variable',
      'Give zeebe:calledDecision a decisionId and a resultVariable.',
    );
    return null;
  }
  problems.variableName(element, 'result variable', resultVariable);
  return {
    kind: 'decision',
    decision: compileReference(element, decision, { what: 'decision id', id, problems }),
    resultVariable,
  };
}

type CallParts = Pick<CallActivity, 'called' | 'propagateAllParentVariables' | 'propagateAllChildVariables'>;

function compileCall(element: ModdleElement, problems: ProblemList): CallParts | null {
  const called = extensionOf(element, 'zeebe:CalledElement');
  const id = textOf(called, 'processId');
  if (called === undefined || id === undefined) {
    problems.missing(element, 'called process', 'Give zeebe:calledElement a processId.');
    return null;
  }
  if (textOf(called, 'businessId') !== undefined) problems.unsupported(element, 'zeebe:calledElement businessId');
  return {
    called: compileReference(element, called, { what: 'called process', id, problems }),
    // Defaults of Camunda 8: everything goes in and comes back, unless the model says otherwise.
    propagateAllParentVariables: flagOf(called, 'propagateAllParentVariables') !== false,
    propagateAllChildVariables: flagOf(called, 'propagateAllChildVariables') !== false,
  };
}

function refuseAttributes(element: ModdleElement, problems: ProblemList): void {
  if ((numberOf(element, 'startQuantity') ?? 1) !== 1) problems.unsupported(element, 'startQuantity');
  if ((numberOf(element, 'completionQuantity') ?? 1) !== 1) problems.unsupported(element, 'completionQuantity');
  if (flagOf(element, 'isForCompensation') === true) problems.unsupported(element, 'A compensation activity');
  if (flagOf(element, 'triggeredByEvent') === true) problems.unsupported(element, 'An event sub-process');
  if (elementOf(element, 'default') !== undefined) {
    problems.unsupported(element, `The default flow of ${titleOf(element)}`, 'Put an exclusive gateway behind it.');
  }
  const io = elementOf(element, 'ioSpecification');
  if (io !== undefined) problems.unsupported(element, 'ioSpecification', 'Use zeebe:ioMapping.');
}

/** Boundary events are siblings of their host in the file; moddle does not link back to them. */
function boundariesOf(element: ModdleElement): readonly string[] {
  return elementsOf(elementOf(element, '$parent'), 'flowElements')
    .filter((other) => other.$type === 'bpmn:BoundaryEvent' && elementOf(other, 'attachedToRef') === element)
    .map((event) => event.id ?? '');
}
