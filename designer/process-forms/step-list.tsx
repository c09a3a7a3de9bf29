import type { ProcessStep } from '#contract';
import { IconAlertTriangle, IconPlayerPlay, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './step-list.module.css';

export interface StepLine {
  readonly step: ProcessStep;
  /** Title of its form; null is none. */
  readonly form: string | null;
  readonly edited: boolean;
  readonly warnings: number;
}

interface StepListProps {
  readonly lines: readonly StepLine[];
  readonly chosen: string | undefined;
  readonly onChoose: (elementId: string) => void;
}

/** The steps that can show a form, in the order of the process. */
export function StepList({ lines, chosen, onChoose }: StepListProps) {
  const { t } = useTranslation();
  return (
    <ul className={styles.steps}>
      {lines.map(({ step: { elementId, elementName, type }, form, edited, warnings }) => {
        const Icon = type === 'startEvent' ? IconPlayerPlay : IconUser;
        return (
          <li key={elementId}>
            <button
              type="button"
              className={styles.step}
              aria-pressed={elementId === chosen}
              onClick={() => onChoose(elementId)}
            >
              <Icon size={16} stroke={1.6} aria-hidden className={styles.icon} />
              <span className={styles.words}>
                <span className={styles.name}>
                  {elementName}
                  {type === 'startEvent' && <span className={styles.quiet}> ({t('processes.startStep')})</span>}
                </span>
                <span className={styles.quiet}>{form ?? t('processes.noForm')}</span>
              </span>
              {warnings > 0 && (
                <span className={styles.warn} title={t('processes.warnings', { count: warnings })}>
                  <IconAlertTriangle size={16} aria-hidden />
                  <span className="r-hidden">{t('processes.warnings', { count: warnings })}</span>
                </span>
              )}
              {edited && <span className={styles.edited}>{t('processes.edited')}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
