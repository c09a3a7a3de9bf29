import { placeAfter, placeInside } from '../document/document-tree.ts';
import type { Place } from '../document/form-document.ts';
import type { EditorStore } from '../editor-store.ts';

/** After what is selected; into it, when it is an empty or a whole container. */
export function insertionPlace(store: EditorStore): Place {
  const id = store.state().selection.at(-1) ?? null;
  const selected = id === null ? undefined : store.document.nodes[id];
  // Into the last of the tabs, never between them.
  const tab = selected?.type === 'Categorization' ? selected.children?.at(-1) : undefined;
  if (tab !== undefined) return placeInside(store.document, tab);
  if (selected?.children) return placeInside(store.document, selected.id);
  return placeAfter(store.document, id);
}
