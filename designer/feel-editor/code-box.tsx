import { snippet } from '@codemirror/autocomplete';
import { isolateHistory } from '@codemirror/commands';
import { checkExpression, type ExpressionProblem } from '#engine';
import { Input } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useId, useImperativeHandle, useMemo, useRef } from 'react';
import type { FeelEditorProps } from './feel-editor.tsx';
import styles from './feel-editor.module.css';
import { typesOf, type FeelVariable } from './feel-variable.ts';
import { ProblemList } from './problem-list.tsx';
import { feelEditorTexts } from './texts.ts';
import { useFeelView } from './use-feel-view.ts';

const NO_VARIABLES: readonly FeelVariable[] = [];
const NO_PROBLEMS: readonly ExpressionProblem[] = [];
/** Somebody who types fast is not told in the middle of a word that it is wrong. */
const PAUSE_MS = 250;

/** The editor itself; `feel-editor.tsx` says what the props are and loads this when it is needed. */
export function CodeBox(props: FeelEditorProps) {
  const { value, onChange, label, hideLabel = false, description, error, language, multiline = false, ref } = props;
  const { variables = NO_VARIABLES, complete = true, expected, readOnly = false, autoFocus = false, onCheck } = props;
  const texts = feelEditorTexts[language];
  const id = useId();
  const host = useRef<HTMLDivElement>(null);

  const [settled] = useDebouncedValue(value, PAUSE_MS);
  const check = useMemo(() => {
    if (settled.trim() === '') return null;
    return checkExpression(settled, { variables: typesOf(variables), complete, ...(expected && { expected }) });
  }, [settled, variables, complete, expected]);
  useEffect(() => onCheck?.(check), [check, onCheck]);
  // What was found in another text stands at other places.
  const problems = settled === value && check !== null ? check.problems : NO_PROBLEMS;

  const fix = (problem: ExpressionProblem): void => {
    if (problem.fix === null || view === null || readOnly) return;
    const { from, to, text } = problem.fix;
    view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length },
      annotations: isolateHistory.of('full'),
      userEvent: 'input.fix',
    });
    view.focus();
  };
  const view = useFeelView(host, {
    value,
    onChange,
    variables,
    language,
    multiline,
    readOnly,
    autoFocus,
    problems,
    placeholder: props.placeholder ?? texts.placeholder,
    attributes: {
      'aria-label': label,
      'aria-describedby': `${id}-problems ${id}-hint`,
      ...(problems.some(({ severity }) => severity === 'error') || error ? { 'aria-invalid': 'true' } : {}),
    },
    applyFix: () => {
      const first = problems.find((one) => one.fix !== null);
      if (first !== undefined) fix(first);
      return first !== undefined;
    },
  });

  useImperativeHandle(
    ref,
    () => ({
      focus: () => view?.focus(),
      select: (from, to) => {
        const length = view?.state.doc.length ?? 0;
        view?.dispatch({
          selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
          scrollIntoView: true,
        });
        view?.focus();
      },
      insert: (text) => {
        if (view === null) return;
        const { from, to } = view.state.selection.main;
        snippet(text)(view, null, from, to);
        view.focus();
      },
    }),
    [view],
  );

  return (
    <Input.Wrapper
      label={hideLabel ? undefined : label}
      labelElement="div"
      description={description}
      error={error}
      labelProps={{ onClick: () => view?.focus() }}
    >
      <div
        ref={host}
        className={styles.box}
        data-multiline={multiline || undefined}
        data-read-only={readOnly || undefined}
      />
      <p id={`${id}-hint`} className="r-hidden">
        {texts.hint}
      </p>
      <ProblemList id={`${id}-problems`} problems={problems} language={language} onFix={readOnly ? undefined : fix} />
    </Input.Wrapper>
  );
}
