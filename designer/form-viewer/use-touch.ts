import { useSyncExternalStore } from 'react';

const QUERY = '(pointer: coarse)';

/** Is the main pointer a finger? Decides between native pickers and ours; follows a tablet whose mouse is plugged in. */
export function useTouch(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches);
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(QUERY);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
