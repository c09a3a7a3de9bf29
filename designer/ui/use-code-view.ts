import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { adoptEditorStyles } from './adopt-editor-styles.ts';
import { codeTheme } from './code-theme.ts';

/** A change that came from the outside is not told to the outside again. */
const fromOutside = Annotation.define<boolean>();

export interface CodeViewOptions {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly multiline: boolean;
  readonly readOnly: boolean;
  readonly autoFocus: boolean;
  readonly placeholder: string;
  /** Of the element with role textbox. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What is underlined, with offsets into the value. */
  readonly marks: readonly Pick<Diagnostic, 'from' | 'to' | 'severity' | 'message'>[];
  /** CodeMirror's own words in the language of the page. */
  readonly phrases: Readonly<Record<string, string>>;
  /** Colours, completion and keys of the language. Asked once, when the view is made; what changes later it must ask for itself. */
  readonly extension: () => Extension;
}

/** A CodeMirror view in `host`, kept in step with the options. Tab leaves it; Escape stays in it. */
export function useCodeView(host: RefObject<HTMLElement | null>, options: CodeViewOptions): EditorView | null {
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
          latest.current.extension(),
          history(),
          drawSelection(),
          EditorView.lineWrapping,
          codeTheme,
          keymap.of([{ key: 'Enter', run: () => !latest.current.multiline }, ...standardKeymap, ...historyKeymap]),
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

  const { value, marks, attributes, readOnly, placeholder, multiline, phrases } = options;
  const settingsText = JSON.stringify([attributes, readOnly, placeholder, multiline, phrases]);
  useEffect(() => {
    view?.dispatch({ effects: settings.reconfigure(settingsOf(latest.current)) });
  }, [view, settings, settingsText]);

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
    const within = marks.map((mark) => ({
      ...mark,
      from: Math.min(mark.from, length),
      to: Math.min(mark.to, length),
    }));
    view.dispatch(setDiagnostics(view.state, within));
  }, [view, marks]);

  return view;
}

function settingsOf({ attributes, readOnly, placeholder, multiline, phrases }: CodeViewOptions): Extension {
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
    EditorState.phrases.of(phrases),
  ];
}

/** Line breaks that are pasted become blanks; those that a value came with stay until it is written on. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  const lines = transaction.docChanged ? transaction.newDoc.lines : 1;
  if (lines === 1 || transaction.annotation(fromOutside) === true) return transaction;
  const text = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
  const anchor = Math.min(transaction.newSelection.main.head, text.length);
  return [{ changes: { from: 0, to: transaction.startState.doc.length, insert: text }, selection: { anchor } }];
});
