import type { TaskDetail } from '#contract';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.ts';
import { formatAgo } from '../format/instant.ts';
import { useLanguage, useTelling } from '../ui/use-language.ts';
import { submitLabel } from './submit-label.ts';
import styles from './task-footer.module.css';
import { useAssign } from './use-assign.ts';
import type { Draft } from './use-draft.ts';

interface TaskFooterProps {
  readonly detail: TaskDetail;
  readonly mine: boolean;
  readonly draft: Draft;
  /** A form in steps is sent from its last one; before it the action goes on to the next. */
  readonly lastStep: boolean;
  readonly completing: boolean;
  readonly onComplete: () => void;
}

/** The one primary action of the screen, named by what it does; a free task is taken first. */
export function TaskFooter({ detail, mine, draft, lastStep, completing, onComplete }: TaskFooterProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const assign = useAssign();
  const { task, form } = detail;
  if (!mine) {
    if (task.assignee !== null) return null;
    return (
      <div className={styles.footer}>
        <Button className={styles.primary} loading={assign.pending} onClick={() => assign.take(task.userTaskKey)}>
          {t('task.take')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.footer}>
      <Button className={styles.primary} loading={completing} onClick={onComplete}>
        {lastStep ? (submitLabel(form?.definition, language) ?? t('task.complete')) : t('task.nextStep')}
      </Button>
      {form !== null && (
        <Button
          variant="default"
          className={styles.draft}
          disabled={completing || draft.state.kind === 'saving'}
          onClick={() => void draft.saveNow()}
        >
          {t('task.saveDraft')}
        </Button>
      )}
      <DraftWords draft={draft} />
    </div>
  );
}

function DraftWords({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  const telling = useTelling(5000);
  const { state } = draft;
  if (state.kind === 'clean') return null;
  if (state.kind === 'failed') {
    return (
      <span className={styles.words} data-failed role="status">
        <IconAlertTriangle size={14} aria-hidden />
        {t('task.draftFailed', { reason: problemText(state.error, telling.language) })}
      </span>
    );
  }
  if (state.kind === 'saved') {
    // The clock of the server may run ahead of ours; a draft is never saved in the future.
    const now = new Date(Math.max(telling.now.getTime(), Date.parse(state.at)));
    return (
      <span className={styles.words}>
        <IconCheck size={14} aria-hidden />
        {t('task.saved', { when: formatAgo(state.at, { ...telling, now }) })}
      </span>
    );
  }
  return (
    <span className={styles.words}>
      <IconCloudUpload size={14} aria-hidden />
      {t(state.kind === 'saving' ? 'task.saving' : 'task.unsaved')}
    </span>
  );
}
