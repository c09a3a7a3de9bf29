import { useEffect } from 'react';
import type { Undoable } from './undoable.ts';

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y on the whole screen, except where `hasOwnUndo` says that the place takes them itself. */
export function useUndoKeys<S extends Undoable>(
  store: S,
  hasOwnUndo: (target: EventTarget | null, store: S) => boolean,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (event.code !== 'KeyZ' && event.code !== 'KeyY')) return;
      if (hasOwnUndo(event.target, store)) return;
      event.preventDefault();
      if (event.code === 'KeyY' || event.shiftKey) store.redo();
      else store.undo();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [store, hasOwnUndo]);
}
