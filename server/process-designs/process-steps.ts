import type { FormBinding, ProcessModel } from '#engine';
import type { ProcessStep, StepBinding } from '#contract';

/** The steps that can show a form: user tasks, and the start by hand. In the order of the file. */
export function processSteps({ processId, nodes }: ProcessModel): readonly ProcessStep[] {
  return [...nodes.values()].flatMap((node): readonly ProcessStep[] => {
    const startsByHand = node.type === 'startEvent' && node.event.kind === 'none' && node.scopeId === processId;
    if (node.type !== 'userTask' && !startsByHand) return [];
    const { form } = node;
    const step = { elementId: node.id, elementName: node.name || node.id, type: node.type };
    if (form === undefined) return [{ ...step, form: null, formExpression: null }];
    if (!form.id.static) return [{ ...step, form: null, formExpression: form.id.text }];
    const { bindingType, versionTag } = form;
    const shown = {
      formId: form.id.text,
      bindingType,
      ...(versionTag !== undefined && { versionTag }),
      binding: bindingView(form.binding),
      ...(node.type === 'startEvent' && { openTo: [...(node.openTo ?? [])] }),
    };
    return [{ ...step, form: shown, formExpression: null }];
  });
}

/** Absent lists stay absent: they mean «as the form says». */
function bindingView({ readable, writable, requiredHere }: FormBinding = {}): StepBinding {
  return {
    ...(readable && { readable: [...readable] }),
    ...(writable && { writable: [...writable] }),
    ...(requiredHere && { requiredHere: [...requiredHere] }),
  };
}
