import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import type { ExpressionProblem } from '#engine';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { adoptEditorStyles } from '../ui/adopt-editor-styles.ts';
import { completionExtension, type CompletionSurroundings } from './completion-extension.ts';
import { editorTheme } from './editor-theme.ts';
import { feelColours } from './feel-colours.ts';
import { feelEditorTexts } from './texts.ts';

/** A change that came from the outside is not told to the outside again. */
const fromOutside = Annotation.define<boolean>();

export interface FeelViewOptions extends CompletionSurroundings {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly multiline: boolean;
  readonly readOnly: boolean;
  readonly placeholder: string;
  /** Of the element with role textbox. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly problems: readonly ExpressionProblem[];
  readonly applyFix: () => boolean;
  readonly autoFocus: boolean;
}

/** The CodeMirror view of an expression in `host`, kept in step with the options. Made once; what may change is read when needed. */
export function useFeelView(host: RefObject<HTMLElement | null>, options: FeelViewOptions): EditorView | null {
  const [view, setView] = useState<EditorView | null>(null);
  const [settings] = useState(() => new Compartment());
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });

  useLayoutEffect(() => {
    adoptEditorStyles();
    const created = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          settings.of(settingsOf(latest.current)),
          completionExtension(() => latest.current),
          feelColours,
          history(),
          drawSelection(),
          EditorView.lineWrapping,
          editorTheme,
          keymap.of([
            { key: 'Alt-Enter', run: () => latest.current.applyFix() },
            { key: 'Enter', run: () => !latest.current.multiline },
            ...standardKeymap,
            ...historyKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || update.transactions.some((one) => one.annotation(fromOutside) === true)) return;
            latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    if (latest.current.autoFocus) created.focus();
    setView(created);
    return () => created.destroy();
  }, [host, settings]);

  const { value, problems, attributes, readOnly, placeholder, multiline, language } = options;
  const attributeText = JSON.stringify(attributes);
  useEffect(() => {
    view?.dispatch({ effects: settings.reconfigure(settingsOf(latest.current)) });
  }, [view, settings, attributeText, readOnly, placeholder, multiline, language]);

  useEffect(() => {
    if (view === null || view.state.doc.toString() === value) return;
    const anchor = Math.min(view.state.selection.main.head, value.length);
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: value },
      selection: { anchor },
      annotations: fromOutside.of(true),
    });
  }, [view, value]);

  useEffect(() => {
    if (view === null) return;
    const { length } = view.state.doc;
    const diagnostics = problems.map(({ from, to, severity, message, remedy }) => ({
      from: Math.min(from, length),
      to: Math.min(to, length),
      severity,
      message: `${message[language]}\n${remedy[language]}`,
    }));
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }, [view, problems, language]);

  return view;
}

function settingsOf({ attributes, readOnly, placeholder, multiline, language }: FeelViewOptions): Extension {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({
      ...attributes,
      'aria-multiline': String(multiline),
      ...(readOnly ? { 'aria-readonly': 'true' } : {}),
      // Escape closes the completion or ends a snippet; a dialog around the editor stays.
      'data-mantine-stop-propagation': 'true',
    }),
    placeholder === '' ? [] : placeholderText(placeholder),
    multiline ? [] : oneLine,
    EditorState.phrases.of({ Completions: feelEditorTexts[language].completions }),
  ];
}

/** Line breaks that are pasted become blanks. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
  const anchor = Math.min(transaction.newSelection.main.head, text.length);
  return [{ changes: { from: 0, to: transaction.startState.doc.length, insert: text }, selection: { anchor } }];
});
