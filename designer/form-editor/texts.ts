import { useLanguage } from '../ui/use-language.ts';
import { canvasTexts } from './texts/canvas.ts';
import { changesTexts } from './texts/changes.ts';
import { columnsTexts } from './texts/columns.ts';
import { exchangeTexts } from './texts/exchange.ts';
import { fragmentsTexts } from './texts/fragments.ts';
import { frameTexts } from './texts/frame.ts';
import { inspectorTexts } from './texts/inspector.ts';
import { keywordsTexts } from './texts/keywords.ts';
import { kindsTexts } from './texts/kinds.ts';
import { listTexts } from './texts/list.ts';
import { paletteTexts } from './texts/palette.ts';
import { previewTexts } from './texts/preview.ts';
import { problemsTexts } from './texts/problems.ts';
import { publishTexts } from './texts/publish.ts';
import { sourcesTexts } from './texts/sources.ts';
import { viewsTexts } from './texts/views.ts';

/**
 * Every text of the form designer in both languages, by what it is about; no key stands in two parts (a test watches).
 * Placeholders are `{{name}}`; `_one/_few/_many/_other` are plural forms.
 */
export const PARTS = [
  canvasTexts,
  changesTexts,
  columnsTexts,
  exchangeTexts,
  fragmentsTexts,
  frameTexts,
  inspectorTexts,
  keywordsTexts,
  kindsTexts,
  listTexts,
  paletteTexts,
  previewTexts,
  problemsTexts,
  publishTexts,
  sourcesTexts,
  viewsTexts,
] as const;

const ru = {
  ...canvasTexts.ru,
  ...changesTexts.ru,
  ...columnsTexts.ru,
  ...exchangeTexts.ru,
  ...fragmentsTexts.ru,
  ...frameTexts.ru,
  ...inspectorTexts.ru,
  ...keywordsTexts.ru,
  ...kindsTexts.ru,
  ...listTexts.ru,
  ...paletteTexts.ru,
  ...previewTexts.ru,
  ...problemsTexts.ru,
  ...publishTexts.ru,
  ...sourcesTexts.ru,
  ...viewsTexts.ru,
};

export type EditorTextKey = keyof typeof ru;
type Values = Readonly<Record<string, string | number>>;

const en: Readonly<Record<EditorTextKey, string>> = {
  ...canvasTexts.en,
  ...changesTexts.en,
  ...columnsTexts.en,
  ...exchangeTexts.en,
  ...fragmentsTexts.en,
  ...frameTexts.en,
  ...inspectorTexts.en,
  ...keywordsTexts.en,
  ...kindsTexts.en,
  ...listTexts.en,
  ...paletteTexts.en,
  ...previewTexts.en,
  ...problemsTexts.en,
  ...publishTexts.en,
  ...sourcesTexts.en,
  ...viewsTexts.en,
};

export const formEditorTexts = { ru, en };

export function editorText(language: 'ru' | 'en', key: EditorTextKey, values: Values = {}): string {
  return formEditorTexts[language][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

export interface EditorWords {
  (key: EditorTextKey, values?: Values): string;
  /** A text that need not exist: kinds and keywords of the catalogue that have no name here keep their own. */
  readonly named: (
    prefix: 'kind' | 'widget' | 'kw' | 'value' | 'node' | 'part' | 'impact' | 'usedBy' | 'format' | 'change',
    name: string,
  ) => string;
  readonly problems: (count: number) => string;
}

export function editorWords(language: 'ru' | 'en'): EditorWords {
  const say = (key: EditorTextKey, values?: Values): string => editorText(language, key, values);
  return Object.assign(say, {
    named: (prefix: string, name: string): string => {
      const key = `${prefix}_${name}`;
      return key in ru ? say(key as EditorTextKey) : name;
    },
    problems: (count: number): string => {
      const form = new Intl.PluralRules(language).select(count) as 'one' | 'few' | 'many' | 'other';
      return say(`problems_${form}`, { count });
    },
  });
}

const WORDS = { ru: editorWords('ru'), en: editorWords('en') };

/** The texts of this room in the language of the screen. */
export function useWords(): EditorWords {
  return WORDS[useLanguage()];
}
