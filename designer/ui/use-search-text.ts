import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

/**
 * The text in a search field, which runs ahead of the address: letters show at once, the address (and the request)
 * follows 250 ms after the last one. When the address changes by itself, for instance on "back", the text follows it.
 */
export function useSearchText(
  inAddress: string,
  onSearch: (text: string) => void,
): readonly [string, (text: string) => void] {
  const [text, setText] = useState(inAddress);
  const [seen, setSeen] = useState(inAddress);
  const search = useDebouncedCallback(onSearch, 250);
  if (seen !== inAddress) {
    setSeen(inAddress);
    if (text.trim() !== inAddress) setText(inAddress);
  }
  const change = (next: string): void => {
    setText(next);
    search(next.trim());
  };
  return [text, change];
}
