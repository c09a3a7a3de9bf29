import type { Parsing } from './parsing.ts';

export function joinedEnd(on: Parsing, first: 'word' | 'any'): { readonly name: string; readonly to: number } {
  const { at } = on.cursor;
  const name = on.cursor.joinedWords(first);
  const to = on.ended();
  on.cursor.at = at;
  return { name, to };
}
