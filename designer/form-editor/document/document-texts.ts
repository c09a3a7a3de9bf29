import type { JsonValue } from '#engine';
import type { FormDocument, TextTable } from './form-document.ts';

export const LANGUAGES = ['ru', 'en'] as const;
export type TextLanguage = (typeof LANGUAGES)[number];

const indexes = new WeakMap<readonly TextTable[], ReadonlyMap<string, ReadonlyMap<string, string>>>();

/** A text as it stands, without falling back to another language. */
export function textOf({ texts }: Pick<FormDocument, 'texts'>, language: string, key: string): string | undefined {
  let index = indexes.get(texts);
  if (!index) {
    index = new Map(
      texts.map((table) => [
        table.language,
        new Map(table.entries.map(({ key: name, text }) => [name, wordsOf(text)])),
      ]),
    );
    indexes.set(texts, index);
  }
  return index.get(language)?.get(key);
}

/** The label of a field or group as people know it: Russian, else English, else the key. */
export function shownText(document: Pick<FormDocument, 'texts'>, key: string, fallback: string): string {
  return textOf(document, 'ru', key) ?? textOf(document, 'en', key) ?? fallback;
}

function wordsOf(text: JsonValue): string {
  return typeof text === 'string' ? text : JSON.stringify(text);
}

/** With this text; undefined removes it. The entry keeps its place, a new one comes behind those of the same owner. */
export function withText(
  texts: readonly TextTable[],
  { language, key, text }: { readonly language: string; readonly key: string; readonly text: string | undefined },
): readonly TextTable[] {
  const table = texts.find((one) => one.language === language);
  if (!table) return text === undefined ? texts : [...texts, { language, entries: [{ key, text }] }];
  const at = table.entries.findIndex((entry) => entry.key === key);
  if (at === -1 && text === undefined) return texts;
  const entries = [...table.entries];
  if (at !== -1) entries.splice(at, 1, ...(text === undefined ? [] : [{ key, text }]));
  else entries.splice(behindOwner(table, key), 0, { key, text: text! });
  return texts.map((one) => (one === table ? { language, entries } : one));
}

/** Every key through `rename`; null removes the text. */
export function withKeys(texts: readonly TextTable[], rename: (key: string) => string | null): readonly TextTable[] {
  return texts.map((table) => {
    const entries = table.entries.flatMap((entry) => {
      const key = rename(entry.key);
      if (key === entry.key) return [entry];
      return key === null ? [] : [{ ...entry, key }];
    });
    return entries.every((entry, index) => entry === table.entries[index]) && entries.length === table.entries.length
      ? table
      : { ...table, entries };
  });
}

function behindOwner({ entries }: TextTable, key: string): number {
  const owner = `${key.split('.')[0]}.`;
  const last = entries.findLastIndex((entry) => entry.key.startsWith(owner));
  return last === -1 ? entries.length : last + 1;
}
