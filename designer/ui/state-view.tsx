import { Button } from '@mantine/core';
import { IconCloudOff, IconLock, IconMoodSad, IconSearchOff, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/api-problem.ts';
import { problemText } from '../api/problem-text.ts';
import styles from './state-view.module.css';
import { useLanguage } from './use-language.ts';

interface StateViewProps {
  readonly icon: Icon;
  readonly title: string;
  readonly lead?: string;
  readonly note?: string;
  /** An error interrupts a screen reader, an empty list does not. */
  readonly alert?: boolean;
  readonly children?: ReactNode;
}

/** What stands where content would: empty, failed, not allowed. */
export function StateView({ icon: Icon, title, lead, note, alert = false, children }: StateViewProps) {
  return (
    <div className={styles.state} role={alert ? 'alert' : 'status'}>
      <Icon size={32} stroke={1.5} aria-hidden className={styles.icon} />
      <p className={styles.title}>{title}</p>
      {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      {children !== undefined && <div className={styles.actions}>{children}</div>}
      {note !== undefined && <p className={styles.note}>{note}</p>}
    </div>
  );
}

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** What a 404 means here. */
  readonly missing?: { readonly title: string; readonly lead: string; readonly action: ReactNode };
}

/** Says what happened, what is safe, what to do, and the id to quote. */
export function ErrorState({ error, onRetry, missing }: ErrorStateProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const problem = error instanceof ApiProblem ? error : undefined;
  const note = problem?.requestId ? t('errors.requestId', { id: problem.requestId }) : undefined;
  if (problem?.status === 404 && missing !== undefined) {
    return (
      <StateView icon={IconSearchOff} title={missing.title} lead={missing.lead}>
        {missing.action}
      </StateView>
    );
  }
  if (problem?.status === 403) {
    return <StateView icon={IconLock} title={t('errors.forbidden')} lead={t('errors.forbiddenLead')} note={note} />;
  }
  const icon = problem?.status === 0 ? IconCloudOff : IconMoodSad;
  return (
    <StateView icon={icon} title={t('errors.title')} lead={problemText(error, language)} note={note} alert>
      <Button variant="default" onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </StateView>
  );
}
