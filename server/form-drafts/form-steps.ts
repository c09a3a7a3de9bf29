import type { FormStep } from '#contract';
import type { ProcessModel } from '#engine';
import { processSteps } from '../process-designs/process-steps.ts';

/** The steps that show this form, each with what it lets people read, write and leave out. */
export function stepsOf(processes: readonly ProcessModel[], formId: string): readonly FormStep[] {
  return processes.flatMap((process) =>
    processSteps(process).flatMap(({ elementId, elementName, form }): readonly FormStep[] => {
      if (form?.formId !== formId) return [];
      const { processId, name } = process;
      return [{ processId, processName: name || processId, elementId, elementName, binding: form.binding }];
    }),
  );
}
