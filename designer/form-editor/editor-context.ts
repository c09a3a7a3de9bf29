import { createContext, useContext, useSyncExternalStore } from 'react';
import type { EditorState, EditorStore } from './editor-store.ts';

export const EditorContext = createContext<EditorStore | undefined>(undefined);

export function useStore(): EditorStore {
  const store = useContext(EditorContext);
  if (!store) throw new Error('Expected a form editor around this component.');
  return store;
}

export function useEditor(): EditorState {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.state);
}

export function useDocument(): EditorState['history']['document'] {
  return useEditor().history.document;
}
