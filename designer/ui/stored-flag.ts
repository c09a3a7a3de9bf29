import { useState } from 'react';

/** A yes or no that this device remembers, such as "the menu is folded". */
export function useStoredFlag(name: string, initial: boolean): readonly [boolean, (value: boolean) => void] {
  const key = `reglament-${name}`;
  const [value, setValue] = useState(() => read(key) ?? initial);
  const store = (next: boolean): void => {
    setValue(next);
    try {
      localStorage.setItem(key, String(next));
    } catch {
      // Storage refused: the choice lasts until the page is closed.
    }
  };
  return [value, store];
}

function read(key: string): boolean | undefined {
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? undefined : stored === 'true';
  } catch {
    return undefined;
  }
}
