import { useTranslation } from 'react-i18next';
import styles from './dialog.module.css';
import { changeText, type StepChanges } from './model/change-text.ts';

interface StepChangeListProps {
  readonly changes: readonly StepChanges[];
  readonly titleOf: (formId: string) => string;
}

/** What becomes of each step, in sentences. */
export function StepChangeList({ changes, titleOf }: StepChangeListProps) {
  const { t } = useTranslation();
  return (
    <ul className={styles.changes}>
      {changes.map(({ elementId, name, facts }) => (
        <li key={elementId}>
          <strong>{t('processes.step', { step: name })}</strong>
          <ul>
            {facts.map((fact, index) => (
              <li key={index}>{changeText(fact, { t, titleOf })}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
