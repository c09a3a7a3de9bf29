import { EditorView, keymap } from '@codemirror/view';
import type { ExpressionProblem } from '#engine';
import { useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import { useCodeView, type CodeViewOptions } from '../ui/use-code-view.ts';
import { completionExtension, type CompletionSurroundings } from './completion-extension.ts';
import { feelColours } from './feel-colours.ts';
import { feelEditorTexts } from './texts.ts';

export interface FeelViewOptions
  extends CompletionSurroundings, Omit<CodeViewOptions, 'marks' | 'phrases' | 'extension'> {
  readonly problems: readonly ExpressionProblem[];
  /** Mends the first problem that can be mended; false where there is none. */
  readonly applyFix: () => boolean;
}

/** The view of an expression: colours, completion, problems underlined. */
export function useFeelView(host: RefObject<HTMLElement | null>, options: FeelViewOptions): EditorView | null {
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });
  const { problems, language } = options;
  const marks = useMemo(
    () =>
      problems.map(({ from, to, severity, message, remedy }) => ({
        from,
        to,
        severity,
        message: `${message[language]}\n${remedy[language]}`,
      })),
    [problems, language],
  );
  return useCodeView(host, {
    ...options,
    marks,
    extension: () => [
      completionExtension(() => latest.current),
      keymap.of([{ key: 'Alt-Enter', run: () => latest.current.applyFix() }]),
      feelColours,
    ],
    phrases: { Completions: feelEditorTexts[language].completions },
  });
}
