import type { ExpressionCheck, StaticType } from '#engine';
import { Input } from '@mantine/core';
import { lazy, Suspense, type ReactNode, type Ref } from 'react';
import styles from './feel-editor.module.css';
import type { FeelVariable } from './feel-variable.ts';

export interface FeelEditorProps {
  /** FEEL without the leading `=` that BPMN puts before it. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Names the field, for the eye and for a screen reader. */
  readonly label: string;
  /** The label stands elsewhere already; only a screen reader hears it. */
  readonly hideLabel?: boolean;
  readonly description?: ReactNode;
  /** An error that the caller knows of; what the editor finds itself is told in any case. */
  readonly error?: ReactNode;
  /** Variables that the expression may read. */
  readonly variables?: readonly FeelVariable[];
  /** There are no others (default): any other name is reported. False: only a name that is nearly a known one is. */
  readonly complete?: boolean;
  /** What the place takes: `BOOLEAN_TYPE` for a condition. Anything when absent. */
  readonly expected?: StaticType;
  readonly language: 'ru' | 'en';
  readonly multiline?: boolean;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
  /** Told whenever the expression was checked, also while it is wrong; not told for an empty one. */
  readonly onCheck?: (check: ExpressionCheck | null) => void;
  readonly ref?: Ref<FeelEditorApi>;
}

export interface FeelEditorApi {
  focus(): void;
  select(from: number, to: number): void;
  /** Writes at the cursor, in place of what is selected; `${fields}` of a snippet are filled in one after the other. */
  insert(snippet: string): void;
}

const CodeBox = lazy(() => import('./code-box.tsx').then(({ CodeBox }) => ({ default: CodeBox })));

/**
 * A field for a FEEL expression: colours, completion (Ctrl+Space) of variables, functions and forms of the language, and what is
 * wrong while it is typed, with the fix at hand (Alt+Enter). Tab leaves it; within a snippet Escape does first.
 * CodeMirror comes as a chunk of its own, so whoever opens no editor does not load it.
 */
export function FeelEditor(props: FeelEditorProps) {
  return (
    <Suspense fallback={<Waiting {...props} />}>
      <CodeBox {...props} />
    </Suspense>
  );
}

/** As high as the editor that is coming, so nothing jumps; the expression can be read meanwhile. */
function Waiting({ value, label, hideLabel = false, description, multiline = false, placeholder }: FeelEditorProps) {
  return (
    <Input.Wrapper label={hideLabel ? undefined : label} description={description} labelElement="div" aria-busy>
      <div className={styles.box} data-multiline={multiline || undefined}>
        <div className={styles.waiting}>{value === '' ? placeholder : value}</div>
      </div>
    </Input.Wrapper>
  );
}
