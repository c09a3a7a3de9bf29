import type { CategoryNode, FormModel, LayoutNode } from '#engine';
import { useSyncExternalStore } from 'react';
import { useForm } from './form-context.ts';
import type { FormStore } from './form-store.ts';

/** Names of the fields that stand inside. */
export function fieldsIn(node: LayoutNode): readonly string[] {
  if (node.kind === 'control') return [node.field];
  return 'children' in node ? node.children.flatMap(fieldsIn) : [];
}

/** Is any field inside shown? A container without fields (a note) always is. */
function isAnyVisible(node: LayoutNode, form: FormModel, store: FormStore): boolean {
  const names = fieldsIn(node);
  return names.length === 0 || names.some((name) => store.field(form.fieldsByName.get(name)!.path).visible);
}

export function useAnyVisible(node: LayoutNode): boolean {
  const { form, store } = useForm();
  return useSyncExternalStore(
    (listener) => subscribeTo(node, { form, store, listener }),
    () => isAnyVisible(node, form, store),
  );
}

/** The categories that have something to show, in order. */
export function useShownCategories(node: Extract<LayoutNode, { kind: 'categorization' }>): readonly CategoryNode[] {
  const { form, store } = useForm();
  const shown = useSyncExternalStore(
    (listener) => subscribeTo(node, { form, store, listener }),
    () => node.children.map((child) => (isAnyVisible(child, form, store) ? '1' : '0')).join(''),
  );
  return node.children.filter((_, index) => shown[index] === '1');
}

function subscribeTo(
  node: LayoutNode,
  { form, store, listener }: { readonly form: FormModel; readonly store: FormStore; readonly listener: () => void },
): () => void {
  const stop = fieldsIn(node).map((name) => store.subscribe(form.fieldsByName.get(name)!.path, listener));
  return () => stop.forEach((unsubscribe) => unsubscribe());
}
