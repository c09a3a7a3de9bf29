import type { CallActivity } from '../model/process-model.ts';
import { variableNameOf } from './item-aware.ts';
import { ID_PATTERN } from '../xml/id-pattern.ts';
import { compileReference } from './compile-form.ts';
import { elementOf, elementsOf, extensionOf, flagOf, textOf, type ModdleElement } from './moddle-element.ts';
import { titleOf, type ProblemList } from './problem-list.ts';
import { localNameOf } from './qualified-name.ts';

type CallParts = Pick<CallActivity, 'called' | 'propagateAllParentVariables' | 'propagateAllChildVariables' | 'io'>;

/** What a call activity calls: `zeebe:calledElement`, or the `calledElement` of BPMN itself (BPMN 2.0.2 §10.3.6). */
export function compileCall(element: ModdleElement, problems: ProblemList): CallParts | null {
  const called = extensionOf(element, 'zeebe:CalledElement');
  const written = textOf(element, 'calledElement');
  const plain = written === undefined ? undefined : (localNameOf(element, written) ?? written);
  if (called === undefined && plain !== undefined) return compilePlainCall(element, plain, problems);
  const id = textOf(called, 'processId');
  if (called === undefined || id === undefined) {
    problems.missing(element, 'called process', 'Give zeebe:calledElement a processId.');
    return null;
  }
  if (plain !== undefined) {
    problems.unsupported(element, 'calledElement beside zeebe:calledElement', 'Keep one of them.');
  }
  if (textOf(called, 'businessId') !== undefined) problems.unsupported(element, 'zeebe:calledElement businessId');
  return {
    called: compileReference(element, called, { what: 'called process', id, problems }),
    // Defaults of Camunda 8: everything goes in and comes back, unless the model says otherwise.
    propagateAllParentVariables: flagOf(called, 'propagateAllParentVariables') !== false,
    propagateAllChildVariables: flagOf(called, 'propagateAllChildVariables') !== false,
  };
}

/** A process or global task of the same deployment. What goes in and comes back is what the `ioSpecification` says, if there is one. */
function compilePlainCall(element: ModdleElement, id: string, problems: ProblemList): CallParts {
  if (!ID_PATTERN.test(id)) {
    problems.add(element, {
      code: 'invalid-id',
      message: `${titleOf(element)} calls "${id}", which is not the id of a process or global task.`,
      remedy: 'Write the id without a prefix; an imported file is deployed together with this one.',
    });
  }
  const io = elementOf(element, 'ioSpecification');
  return {
    called: { id: problems.expression(element, 'called process', id), bindingType: 'deployment' },
    propagateAllParentVariables: elementsOf(io, 'dataInputs').length === 0,
    propagateAllChildVariables: io === undefined || elementsOf(io, 'dataOutputs').length > 0,
    ...(io === undefined
      ? {}
      : {
          io: {
            inputs: elementsOf(io, 'dataInputs').map(variableNameOf),
            outputs: elementsOf(io, 'dataOutputs').map(variableNameOf),
          },
        }),
  };
}
