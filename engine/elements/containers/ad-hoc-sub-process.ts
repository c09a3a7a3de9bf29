import { remember, startInside } from '../../behaviors/ad-hoc.ts';
import type { ElementBehavior } from '../../behaviors/element-behavior.ts';
import { evaluateValue, mismatch } from '../../behaviors/evaluate-value.ts';
import { openEventSubProcesses } from '../../behaviors/event-sub-process.ts';
import type { Run } from '../../behaviors/run.ts';
import { setLocalVariables } from '../../behaviors/write-variables.ts';
import type { ElementInstance } from '../../instance.ts';
import type { AdHocSubProcess } from '../../model/process-model.ts';

/**
 * BPMN 2.0.2 §10.3.5, §13.3.5 (our reading: ADR 0008): `ordering`, `completionCondition`, `cancelRemainingInstances`;
 * `zeebe:adHoc` with `activeElementsCollection`, `outputCollection`, `outputElement`. More starts by `activateAdHocElements`.
 */
export const adHocSubProcess: ElementBehavior<'adHocSubProcess'> = {
  type: 'adHocSubProcess',
  activate(run, node, element) {
    const starts = startsOf(run, node, element);
    openEventSubProcesses(run, node.id, element);
    const outputCollection = node.choice?.outputCollection;
    if (outputCollection !== undefined) setLocalVariables(run, element.key, { [outputCollection]: [] });
    const now = node.sequential ? starts.slice(0, 1) : starts;
    remember(run, element, { begun: starts.length > 0, left: node.sequential ? starts.slice(1) : [], closing: false });
    for (const elementId of now) startInside(run, { node, element }, { elementId, variables: {} });
  },
};

/** By itself every activity that nothing leads to; with `zeebe:adHoc` the chosen ones, which may be none yet. */
function startsOf(run: Run, node: AdHocSubProcess, element: ElementInstance): readonly string[] {
  const possible = run.model.scopes.get(node.id)?.implicitStartIds ?? [];
  if (node.choice === undefined) return possible;
  if (node.choice.activeElements === undefined) return [];
  const purpose = 'the active elements collection';
  const request = { expression: node.choice.activeElements, scopeKey: element.key, purpose };
  const chosen = evaluateValue(run, request);
  if (Array.isArray(chosen) && chosen.every((id) => possible.includes(id as string))) return chosen as string[];
  const expected = `a list of activities that nothing leads to (${possible.join(', ')})`;
  throw mismatch(run, request, { expected, value: chosen });
}
