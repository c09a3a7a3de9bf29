import type { FlowNode } from '../model/process-model.ts';
import { checkDefault } from './check-default.ts';
import type { NodeParts } from './compile-node.ts';
import { compileAdHoc } from './compile-ad-hoc.ts';
import { compileQuantities } from './compile-quantities.ts';
import { checkCompensationSubProcess, compileCompensation } from './compile-compensation.ts';
import { compileCall } from './compile-call.ts';
import { compileImplementation } from './compile-implementation.ts';
import { compileLoop } from './compile-loop.ts';
import { compileMessage } from './compile-message.ts';
import { messageNamedBy } from './message-links.ts';
import { compileTransaction } from './compile-transaction.ts';
import { compileUserTask } from './compile-user-task.ts';
import { elementOf, elementsOf, flagOf, localType, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';

/** Compiles a task, sub-process or call activity with its loop marker and boundary events. */
export function compileActivity(element: ModdleElement, parts: NodeParts, problems: ProblemList): FlowNode | null {
  if (flagOf(element, 'triggeredByEvent') === true && element.$type === 'bpmn:SubProcess') {
    return compileEventSubProcess(element, parts, problems);
  }
  checkDefault(element, problems);
  const boundaries = boundariesOf(element);
  const base = {
    ...parts,
    boundaryEventIds: boundaries.map((event) => event.id ?? ''),
    ...compileQuantities(element, parts, problems),
    ...compileLoop(element, problems),
    ...compileCompensation(element, boundaries, problems),
  };
  const type = localType(element);
  switch (type) {
    case 'task':
    case 'manualTask':
    case 'subProcess':
      return { ...base, type };
    case 'adHocSubProcess':
      if (flagOf(element, 'triggeredByEvent') === true) {
        problems.unsupported(
          element,
          'An ad-hoc event sub-process',
          'Put an ad-hoc sub-process into the event sub-process.',
        );
      }
      return { ...base, type, ...compileAdHoc(element, problems) };
    case 'transaction':
      return { ...base, type, ...compileTransaction(element, boundaries, problems) };
    case 'userTask':
      return { ...base, type, ...compileUserTask(element, problems) };
    case 'receiveTask': {
      const instantiate = flagOf(element, 'instantiate') === true;
      if (instantiate) checkInstantiating(element, parts, problems);
      const keyed = !instantiate;
      const message = compileMessage(element, messageNamedBy(element), { keyed, problems });
      return { ...base, type, message, instantiate };
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

/** It is started by its start event: nothing leads in or out, and nothing sits on its border (BPMN 2.0.2 §10.3.5). */
function compileEventSubProcess(element: ModdleElement, parts: NodeParts, problems: ProblemList): FlowNode {
  if (elementOf(element, 'loopCharacteristics') !== undefined) {
    problems.unsupported(element, 'A loop marker on an event sub-process', 'Put the loop on an activity inside it.');
  }
  if (parts.incoming.length + parts.outgoing.length > 0) {
    problems.add(element, {
      code: 'misplaced-flow',
      message: `${titleOf(element)} is started by its event, so no flow leads in or out.`,
      remedy: 'Remove its flows.',
    });
  }
  checkCompensationSubProcess(element, problems);
  const start = elementsOf(element, 'flowElements').find(({ $type }) => $type === 'bpmn:StartEvent');
  return { ...parts, type: 'eventSubProcess', startEventId: start?.id ?? '' };
}

/** A process starts at it, so it stands at the beginning of one (BPMN 2.0.2 §10.3.3). */
function checkInstantiating(element: ModdleElement, { incoming }: NodeParts, problems: ProblemList): void {
  const inProcess = elementOf(element, '$parent')?.$type === 'bpmn:Process';
  if (inProcess && incoming.length === 0) return;
  problems.add(element, {
    code: 'misplaced-start',
    message: `${titleOf(element)} starts a process, so it stands at its beginning, with no flow leading in.`,
    remedy: 'Remove the flows into it, or take away "instantiate".',
  });
}

/** Boundary events are siblings of their host in the file; moddle does not link back to them. */
function boundariesOf(element: ModdleElement): readonly ModdleElement[] {
  return elementsOf(elementOf(element, '$parent'), 'flowElements').filter(
    (other) => other.$type === 'bpmn:BoundaryEvent' && elementOf(other, 'attachedToRef') === element,
  );
}
