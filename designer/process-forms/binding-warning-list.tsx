import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BindingWarning } from './model/binding-warnings.ts';
import styles from './step-panel.module.css';

interface BindingWarningListProps {
  readonly warnings: readonly BindingWarning[];
  /** Absent: nothing of it can be mended here. */
  readonly onMend?: () => void;
}

/** What the author of a step may not have meant. */
export function BindingWarningList({ warnings, onMend }: BindingWarningListProps) {
  const { t } = useTranslation();
  if (warnings.length === 0) return null;
  return (
    <section className={styles.warnings} aria-label={t('processes.warningsTitle')}>
      <IconAlertTriangle size={18} aria-hidden />
      <ul>
        {warnings.map(({ kind, name, label, rule = '' }) => (
          <li key={`${kind} ${name}`}>{t(`processes.warn_${kind}`, { label, rule })}</li>
        ))}
      </ul>
      {onMend && (
        <Button size="xs" variant="default" onClick={onMend}>
          {t('processes.mend')}
        </Button>
      )}
    </section>
  );
}
