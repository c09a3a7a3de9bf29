import type { ProcessModel } from '../model/process-model.ts';
import { compileNode } from './compile-node.ts';
import { compileProcessIo, scopeVariables } from './compile-scope-items.ts';
import { checkId } from './check-id.ts';
import { textOf, type ModdleElement } from './moddle-element.ts';
import type { ProblemList } from './problem-list.ts';

/** Global tasks (BPMN 2.0.2 §10.3.7) and the task that each is. */
const TASKS: Readonly<Record<string, string>> = {
  'bpmn:GlobalTask': 'bpmn:Task',
  'bpmn:GlobalManualTask': 'bpmn:ManualTask',
  'bpmn:GlobalUserTask': 'bpmn:UserTask',
  'bpmn:GlobalScriptTask': 'bpmn:ScriptTask',
  'bpmn:GlobalBusinessRuleTask': 'bpmn:BusinessRuleTask',
};

export function isGlobalTask({ $type }: ModdleElement): boolean {
  return $type in TASKS;
}

/** A process of one step under the id of the global task, so that a call activity calls it like any other. */
export function compileGlobalTask(task: ModdleElement, problems: ProblemList): ProcessModel | null {
  checkId(task, problems);
  const id = task.id ?? '';
  const node = compileNode(asTask(task), id, problems);
  if (node === null) return null;
  const io = compileProcessIo(task, problems);
  const variableNames = scopeVariables(task, problems);
  const step = { ...node, id: `${id}_task`, name: node.name || id };
  return Object.freeze({
    processId: id,
    name: step.name,
    nodes: new Map([[step.id, step]]),
    flows: new Map(),
    ...(io === undefined ? {} : { io }),
    scopes: new Map([
      [
        id,
        {
          id,
          links: new Map(),
          eventSubProcessIds: [],
          eventStarts: [],
          implicitStartIds: [step.id],
          ...(variableNames.length === 0 ? {} : { variableNames }),
        },
      ],
    ]),
  });
}

/**
 * The same element, read as the task that it is; inputs and outputs belong to the process around it. A script is an element
 * by the schema, and an attribute where bpmn-moddle has written the file.
 */
function asTask(task: ModdleElement): ModdleElement {
  return Object.create(task, {
    $type: { value: TASKS[task.$type] },
    ioSpecification: { value: undefined },
    script: { value: textOf(task, 'script') ?? task.$attrs?.['script'] },
  }) as ModdleElement;
}
