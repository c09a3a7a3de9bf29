import { useMemo, type KeyboardEvent } from 'react';
import { toastDone, toastNote } from '../editor-toast.ts';
import { ancestorsOf, placeAfter, placeInside, placeOf } from '../document/document-tree.ts';
import type { FormDocument, NodeId, Place } from '../document/form-document.ts';
import { fragmentOf, readFragment } from '../document/form-fragment.ts';
import { useStore } from '../editor-context.ts';
import type { EditorStore } from '../editor-store.ts';
import { useWords, type EditorWords } from '../texts.ts';

/** What can be done to what is selected, by menu and by key. */
export interface NodeActions {
  readonly up: (id: NodeId) => void;
  readonly down: (id: NodeId) => void;
  /** Into the container that stands right before or after. */
  readonly into: (id: NodeId, container: NodeId) => void;
  readonly out: (id: NodeId) => void;
  readonly wrap: (type: 'Group' | 'HorizontalLayout') => void;
  readonly unwrap: (id: NodeId) => void;
  readonly duplicate: () => void;
  readonly copy: () => void;
  readonly paste: () => void;
  readonly remove: () => void;
  /** @returns whether the key was one of ours */
  readonly onKey: (event: KeyboardEvent, id: NodeId) => boolean;
}

export function useNodeActions(): NodeActions {
  const store = useStore();
  const words = useWords();
  return useMemo(() => nodeActions(store, words), [store, words]);
}

/** Containers next to a node, into which it can be moved in one step. */
export function neighbourContainers({ nodes, ...document }: FormDocument, id: NodeId): readonly NodeId[] {
  const place = placeOf({ nodes, ...document }, id);
  if (!place) return [];
  const siblings = nodes[place.parent]!.children!;
  const beside = [siblings[place.index - 1], siblings[place.index + 1]];
  return beside.filter((one): one is NodeId => one !== undefined && nodes[one]!.children !== null);
}

function nodeActions(store: EditorStore, words: EditorWords): NodeActions {
  const selected = (): readonly NodeId[] => store.state().selection;
  const moveTo = (nodeId: NodeId, at: Place): void => {
    store.run({ kind: 'move', nodeId, at });
    focusHandle(nodeId);
  };
  const actions: Omit<NodeActions, 'onKey'> = {
    up: (id) => {
      const place = placeOf(store.document, id);
      if (!place) return;
      if (place.index > 0) moveTo(id, { ...place, index: place.index - 1 });
      else actions.out(id);
    },
    down: (id) => {
      const place = placeOf(store.document, id);
      if (!place) return;
      const { length } = store.document.nodes[place.parent]!.children!;
      if (place.index + 1 < length) moveTo(id, { ...place, index: place.index + 2 });
      else leave(id, 'after');
    },
    into: (id, container) => moveTo(id, placeInside(store.document, container)),
    out: (id) => leave(id, 'before'),
    wrap: (type) =>
      void store.run(
        { kind: 'wrap', nodeIds: selected(), type, ...(type === 'Group' && { text: { ru: 'Раздел' } }) },
        { typeLabel: type === 'Group' },
      ),
    unwrap: (nodeId) => void store.run({ kind: 'unwrap', nodeId }),
    duplicate: () => void store.run({ kind: 'duplicate', nodeIds: selected() }),
    copy: () => {
      if (selected().length === 0) return;
      const text = JSON.stringify(fragmentOf(store.document, selected()), null, 2);
      void navigator.clipboard.writeText(text).then(() => toastDone(words('copied')));
    },
    paste: () => {
      void navigator.clipboard.readText().then(
        (text) => {
          const fragment = readFragment(text);
          if (!fragment) return toastNote(words('pasteNothing'));
          const at = placeAfter(store.document, selected().at(-1) ?? null);
          if (store.run({ kind: 'paste', fragment, at })) toastDone(words('pasted'));
        },
        () => toastNote(words('pasteNothing')),
      );
    },
    remove: () => {
      const next = neighbourOf(store.document, selected());
      if (!store.run({ kind: 'remove', nodeIds: selected() })) return;
      toastDone(words('removed'));
      if (next === null) return;
      store.select(next);
      focusHandle(next);
    },
  };
  const leave = (id: NodeId, side: 'before' | 'after'): void => {
    const [outer] = ancestorsOf(store.document, id).slice(-1);
    const place = outer === undefined ? null : placeOf(store.document, outer);
    if (place) moveTo(id, { ...place, index: place.index + (side === 'after' ? 1 : 0) });
  };
  return {
    ...actions,
    onKey: (event, id) => {
      const run = KEYS[keyOf(event)];
      if (!run) return false;
      event.preventDefault();
      event.stopPropagation();
      run(actions, id);
      return true;
    },
  };
}

const KEYS: Readonly<Record<string, (actions: Omit<NodeActions, 'onKey'>, id: NodeId) => void>> = {
  Delete: (actions) => actions.remove(),
  Backspace: (actions) => actions.remove(),
  'Alt+ArrowUp': (actions, id) => actions.up(id),
  'Alt+ArrowDown': (actions, id) => actions.down(id),
  'Ctrl+KeyD': (actions) => actions.duplicate(),
  'Ctrl+KeyC': (actions) => actions.copy(),
  'Ctrl+KeyV': (actions) => actions.paste(),
};

/** By the place of the key, so that a Russian layout changes nothing. */
function keyOf(event: KeyboardEvent): string {
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.code}`;
}

/** After React has drawn the node at its new place. */
export function focusHandle(id: NodeId): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-handle="${CSS.escape(id)}"]`)?.focus());
}

/** What is selected when these are gone: the one behind, before, or around them. */
function neighbourOf(form: FormDocument, ids: readonly NodeId[]): NodeId | null {
  const last = ids.at(-1);
  const place = last === undefined ? null : placeOf(form, last);
  if (!place) return null;
  const left = form.nodes[place.parent]!.children!.filter((id) => !ids.includes(id));
  const before = left.filter((id) => (placeOf(form, id)?.index ?? 0) < place.index).at(-1);
  const after = left.find((id) => (placeOf(form, id)?.index ?? 0) > place.index);
  return after ?? before ?? (place.parent === form.root ? null : place.parent);
}
