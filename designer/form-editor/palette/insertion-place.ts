import { placeAfter, placeInside } from '../document/document-tree.ts';
import type { Place } from '../document/form-document.ts';
import type { FormFragment } from '../document/form-fragment.ts';
import type { EditorStore } from '../editor-store.ts';

/** After what is selected; into it, when it is an empty or a whole container. A piece of several fields stands below a row, not in it. */
export function insertionPlace(store: EditorStore, piece?: FormFragment): Place {
  const place = besideSelected(store);
  const single = piece === undefined || (piece.layout.length === 1 && piece.layout[0]!['type'] === 'Control');
  const row = store.document.nodes[place.parent];
  return !single && row?.type === 'HorizontalLayout' ? placeAfter(store.document, row.id) : place;
}

function besideSelected(store: EditorStore): Place {
  const id = store.state().selection.at(-1) ?? null;
  const selected = id === null ? undefined : store.document.nodes[id];
  // Into the last of the tabs, never between them.
  const tab = selected?.type === 'Categorization' ? selected.children?.at(-1) : undefined;
  if (tab !== undefined) return placeInside(store.document, tab);
  if (selected?.children) return placeInside(store.document, selected.id);
  return placeAfter(store.document, id);
}
