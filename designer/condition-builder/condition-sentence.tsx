import type { ConditionField, ConditionModel } from './condition-model.ts';
import styles from './condition-builder.module.css';
import { describeCondition } from './describe-condition.ts';

interface ConditionSentenceProps {
  /** «Показывать, если» */
  readonly start: string;
  readonly model: ConditionModel;
  readonly fields: readonly ConditionField[];
  readonly language: 'ru' | 'en';
}

/** «Показывать, если *Тип* = *Недовоз*». */
export function ConditionSentence({ start, model, fields, language }: ConditionSentenceProps) {
  return (
    <p className={styles.sentence}>
      {start}{' '}
      {describeCondition(model, fields, language).map(({ kind, text }, index) =>
        kind === 'word' ? text : <em key={index}>{text}</em>,
      )}
    </p>
  );
}
