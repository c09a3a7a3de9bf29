import { BOOLEAN_TYPE } from '#engine';
import { Input, SegmentedControl } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { FeelEditor } from '../feel-editor/feel-editor.tsx';
import type { FeelVariable } from '../feel-editor/feel-variable.ts';
import { isComplete, type ConditionField, type ConditionModel } from './condition-model.ts';
import { ConditionRows } from './condition-rows.tsx';
import { conditionType } from './condition-type.ts';
import { ConditionSentence } from './condition-sentence.tsx';
import styles from './condition-builder.module.css';
import { readCondition } from './read-condition.ts';
import { conditionTexts } from './texts.ts';
import { writeCondition } from './write-condition.ts';

export interface ConditionBuilderProps {
  /** FEEL without a leading `=`; '' is no condition. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  /** What a line may speak of. */
  readonly fields: readonly ConditionField[];
  /** What the FEEL editor completes; the fields when absent. */
  readonly variables?: readonly FeelVariable[];
  /** As for `FeelEditor`. */
  readonly complete?: boolean;
  /** «Показывать, если»: the sentence under the lines begins with it; without it there is no sentence. */
  readonly sentenceStart?: string;
  readonly language: 'ru' | 'en';
  readonly readOnly?: boolean;
}

interface Lines {
  readonly model: ConditionModel;
  /** What they were written as: when the value is another, it was changed elsewhere and is read again. */
  readonly text: string;
}

/**
 * A condition without code: lines «field – operator – value», joined by all or any. FEEL that is no such lines is shown in the FEEL
 * editor with the reason, and nothing of it is lost.
 */
export function ConditionBuilder(props: ConditionBuilderProps) {
  const { value, onChange, label, hideLabel = false, description, error, fields, language, readOnly = false } = props;
  const texts = conditionTexts[language];
  const [wantsFeel, setWantsFeel] = useState(false);
  const [lines, setLines] = useState<Lines | null>(null);
  const ownVariables = useMemo(() => variablesOf(fields), [fields]);
  const variables = props.variables ?? ownVariables;
  const reading = useMemo(() => readCondition(value, fields), [value, fields]);
  // Lines that are not complete are not in the value, so they are kept here while it is the one they gave.
  const model = lines !== null && lines.text === value ? lines.model : reading.ok ? reading.model : null;

  const change = (next: ConditionModel): void => {
    const rows = next.rows.filter((row) => {
      const field = fields.find(({ name }) => name === row.field);
      return field !== undefined && isComplete(row, field);
    });
    const text = writeCondition({ ...next, rows }, fields);
    setLines({ model: next, text });
    if (text !== value) onChange(text);
  };

  const showsFeel = wantsFeel || model === null;
  return (
    <Input.Wrapper
      label={hideLabel ? undefined : label}
      labelElement="div"
      description={description}
      error={error}
      role="group"
      aria-label={label}
    >
      <SegmentedControl
        className={styles.view}
        size="xs"
        aria-label={texts.view}
        data={[
          { value: 'rows', label: texts.asRows, disabled: model === null },
          { value: 'feel', label: texts.asFeel },
        ]}
        value={showsFeel ? 'feel' : 'rows'}
        onChange={(view) => setWantsFeel(view === 'feel')}
      />
      {model === null && !reading.ok && (
        <p className={styles.why}>{texts[reading.why.reason].replace('{{excerpt}}', shortened(reading.why.excerpt))}</p>
      )}
      {showsFeel ? (
        <FeelEditor
          value={value}
          onChange={onChange}
          label={label}
          hideLabel
          variables={variables}
          complete={props.complete ?? true}
          expected={BOOLEAN_TYPE}
          language={language}
          readOnly={readOnly}
        />
      ) : (
        <ConditionRows model={model} fields={fields} language={language} readOnly={readOnly} onChange={change} />
      )}
      {model !== null && props.sentenceStart !== undefined && reading.ok && reading.model.rows.length > 0 && (
        <ConditionSentence start={props.sentenceStart} model={reading.model} fields={fields} language={language} />
      )}
    </Input.Wrapper>
  );
}

function shortened(excerpt: string): string {
  return excerpt.length > 60 ? `${excerpt.slice(0, 59)}…` : excerpt;
}

function variablesOf(fields: readonly ConditionField[]): readonly FeelVariable[] {
  return fields
    .filter(({ name }) => !name.includes('.'))
    .map(({ name, label, ...field }) => ({ name, label, type: conditionType(field) }));
}
