import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  pickedCompletion,
  snippet,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { describeType } from '#engine';
import { completeFeel } from './complete-feel.ts';
import { completionCard } from './completion-card.ts';
import type { FeelCompletion } from './feel-completion.ts';
import type { FeelVariable } from './feel-variable.ts';

export interface CompletionSurroundings {
  readonly variables: readonly FeelVariable[];
  readonly language: 'ru' | 'en';
}

/** What the cursor is near goes first. */
const BOOST: Readonly<Record<FeelCompletion['kind'], number>> = {
  value: 60,
  property: 40,
  variable: 30,
  function: 0,
  keyword: -10,
};

/** Completion and the other half of brackets; `surroundings` are asked for each time, so they may change. */
export function completionExtension(surroundings: () => CompletionSurroundings): Extension {
  const source = (context: CompletionContext): CompletionResult | null => {
    const { variables, language } = surroundings();
    const text = context.state.doc.toString();
    const found = completeFeel({ text, at: context.pos, variables, language, asked: context.explicit });
    if (found === null) return null;
    return {
      from: found.from,
      to: found.to,
      options: found.options.map((option) => rowOf(option, language)),
      validFor: /^[\p{L}\p{N}\p{M}_]*$/u,
    };
  };
  return [
    autocompletion({ override: [source], maxRenderedOptions: 60, closeOnBlur: true }),
    closeBrackets(),
    EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '[', '{', '"'] } }]),
    Prec.high(keymap.of([...closeBracketsKeymap])),
  ];
}

function rowOf(option: FeelCompletion, language: 'ru' | 'en'): Completion {
  const { kind, label, insert, isSnippet, title, type, fn } = option;
  const words = [title, type === undefined || type === 'any' ? undefined : describeType(type)[language]];
  const detail =
    fn === undefined ? words.filter((word) => word !== undefined).join(' · ') : parametersOf(fn.signatures[0]);
  const info = fn !== undefined || type !== undefined ? { info: () => completionCard(option, language) } : {};
  return {
    label,
    type: kind === 'value' ? 'enum' : kind,
    boost: BOOST[kind],
    detail,
    apply: isSnippet
      ? snippet(insert)
      : (view, completion, from, to) =>
          view.dispatch({
            changes: { from, to, insert },
            selection: { anchor: from + insert.length },
            userEvent: 'input.complete',
            annotations: pickedCompletion.of(completion),
            scrollIntoView: true,
          }),
    ...info,
  };
}

function parametersOf(signature: NonNullable<FeelCompletion['fn']>['signatures'][number] | undefined): string {
  if (signature === undefined) return '';
  return `(${signature.parameters.map(({ name, optional }) => (optional ? `${name}?` : name)).join(', ')})`;
}
