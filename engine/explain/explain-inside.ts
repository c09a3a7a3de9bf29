import type { ElementInstance } from '../instance.ts';
import type { Key } from '../key.ts';
import type { AdHocSubProcess, FlowNode } from '../model/process-model.ts';
import type { AdHocReason, WaitReason } from './explanation.ts';
import type { Explained, HangingRows } from './explain-rows.ts';

/** What an element waits for that is no row of its own: the instance it called, its iterations, what lives inside it. */
export function explainInside(
  element: ElementInstance,
  node: FlowNode | undefined,
  { rows, explained }: { readonly rows: HangingRows; readonly explained: Explained },
): readonly WaitReason[] {
  // It could not be entered, so there is nothing inside.
  if (rows.incidents.some(({ retry }) => retry.kind === 'activate')) return [];
  const { instance, model } = explained;
  const undoing = element.memory?.undoing;
  if (undoing !== undefined) {
    const current = undoing.current === null ? undefined : instance.elements.get(undoing.current);
    return [{ kind: 'compensation', activityId: undoing.activityId, currentId: current?.elementId ?? null }];
  }
  const inside = [...(instance.children.get(element.key)?.keys() ?? [])];
  if (element.elementType === 'multiInstanceBody') {
    if (element.loop === null) return [];
    return [{ kind: 'iterations', total: element.loop.total, completed: element.loop.completed, running: inside }];
  }
  if (element.elementType === 'adHocSubProcess' && node?.type === 'adHocSubProcess') {
    return [explainAdHoc(element, node, { inside, possible: model.scopes.get(node.id)?.implicitStartIds ?? [] })];
  }
  if (node?.type === 'callActivity' && element.calledInstanceKey !== null) {
    const calledElement = node.called.id.text;
    return [{ kind: 'calledInstance', processInstanceKey: element.calledInstanceKey, calledElement }];
  }
  const tokenKeys = (instance.waits.get(element.key) ?? [])
    .filter(({ kind }) => kind === 'token')
    .map(({ key }) => key);
  if (inside.length + tokenKeys.length === 0) return [];
  return [{ kind: 'inner', elementInstanceKeys: inside, tokenKeys }];
}

function explainAdHoc(
  { memory }: ElementInstance,
  node: AdHocSubProcess,
  { inside, possible }: { readonly inside: readonly Key[]; readonly possible: readonly string[] },
): AdHocReason {
  const isClosed = memory?.adHoc?.closing === true || memory?.interruptedBy !== undefined;
  const isBusy = node.sequential && inside.length > 0;
  return {
    kind: 'adHoc',
    running: inside,
    couldStart: isClosed || isBusy ? [] : possible,
    next: memory?.adHoc?.left ?? [],
    completionCondition: node.completionCondition?.text ?? null,
  };
}
