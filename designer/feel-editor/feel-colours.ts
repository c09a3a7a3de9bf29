import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';
import { findBracket } from './find-bracket.ts';
import { tokenize, type FeelTokenKind } from './tokenize.ts';

const MARKS = new Map<string, Decoration>();

/** Colours the tokens and marks the pair of brackets at the cursor. Expressions are short, so the whole text is done at once. */
export const feelColours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.selectionSet || update.focusChanged) this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function decorate(view: EditorView): DecorationSet {
  const text = view.state.doc.toString();
  const tokens = tokenize(text);
  const { main } = view.state.selection;
  const pair = main.empty && view.hasFocus ? findBracket(text, tokens, main.head) : null;
  const builder = new RangeSetBuilder<Decoration>();
  for (const token of tokens) {
    const isBracket = token === pair?.open || token === pair?.close;
    builder.add(token.from, token.to, markOf(token.kind, !isBracket ? '' : pair.close === null ? 'alone' : 'pair'));
  }
  return builder.finish();
}

function markOf(kind: FeelTokenKind, bracket: '' | 'pair' | 'alone'): Decoration {
  const name = `cm-feel-${kind}${bracket === '' ? '' : ` cm-feel-${bracket}`}`;
  const known = MARKS.get(name) ?? Decoration.mark({ class: name });
  MARKS.set(name, known);
  return known;
}
