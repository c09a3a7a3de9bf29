import type { FormStep } from '#contract';
import type { ProcessModel } from '#engine';
import type { Definitions } from '../runtime/definitions.ts';

/** The latest version of every process, compiled. */
export function latestProcesses(definitions: Definitions): Promise<readonly ProcessModel[]> {
  const deployed = definitions.catalog.current('process');
  return Promise.all(deployed.map(async ({ definitionKey }) => (await definitions.execution(definitionKey)).model));
}

/** The user tasks that show this form, each with what it lets people read, write and leave out. */
export function stepsOf(processes: readonly ProcessModel[], formId: string): readonly FormStep[] {
  return processes.flatMap((process) =>
    [...process.nodes.values()].flatMap((node): readonly FormStep[] => {
      if (node.type !== 'userTask' || node.form?.id.static !== true || node.form.id.text !== formId) return [];
      const { readable, writable, requiredHere } = node.form.binding ?? {};
      return [
        {
          processId: process.processId,
          processName: process.name || process.processId,
          elementId: node.id,
          elementName: node.name || node.id,
          binding: {
            ...(readable && { readable: [...readable] }),
            ...(writable && { writable: [...writable] }),
            ...(requiredHere && { requiredHere: [...requiredHere] }),
          },
        },
      ];
    }),
  );
}
