import type { ElementInstance } from '../instance.ts';
import type { FlowNode } from '../model/process-model.ts';
import type { WaitReason } from './explanation.ts';
import type { Explained, HangingRows } from './explain-rows.ts';

/** What an element waits for that is no row of its own: the instance it called, its iterations, what lives inside it. */
export function explainInside(
  element: ElementInstance,
  node: FlowNode | undefined,
  { rows, explained }: { readonly rows: HangingRows; readonly explained: Explained },
): readonly WaitReason[] {
  // It could not be entered, so there is nothing inside.
  if (rows.incidents.some(({ retry }) => retry.kind === 'activate')) return [];
  const { instance } = explained;
  const inside = [...(instance.children.get(element.key)?.keys() ?? [])];
  if (element.elementType === 'multiInstanceBody') {
    if (element.loop === null) return [];
    return [{ kind: 'iterations', total: element.loop.total, completed: element.loop.completed, running: inside }];
  }
  if (node?.type === 'callActivity' && element.calledInstanceKey !== null) {
    const calledElement = node.called.id.text;
    return [{ kind: 'calledInstance', processInstanceKey: element.calledInstanceKey, calledElement }];
  }
  const tokenKeys = (instance.waits.get(element.key) ?? [])
    .filter(({ kind }) => kind === 'token')
    .map(({ key }) => key);
  if (inside.length + tokenKeys.length === 0) return choiceIn(element, explained);
  return [{ kind: 'inner', elementInstanceKeys: inside, tokenKeys }];
}

/** Nothing runs inside and it has not completed: it waits for somebody to choose (§13.3.5). */
function choiceIn({ elementType, elementId }: ElementInstance, { model }: Explained): readonly WaitReason[] {
  if (elementType !== 'adHocSubProcess') return [];
  return [{ kind: 'choice', elementIds: model.scopes.get(elementId)?.implicitStartIds ?? [] }];
}
