import type { FormImpact } from '#contract';
import { Button, Modal, Skeleton, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { publishForm, readFormImpact } from '../api/forms.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { toastProblem } from '../ui/toast.tsx';
import styles from './dialog.module.css';
import { useDocument } from './editor-context.ts';
import { toastDone } from './editor-toast.ts';
import { ImpactList } from './impact-list.tsx';
import { lintDocument, locateProblem, type EditorProblem } from './problems/lint-document.ts';
import { ProblemList } from './problems/problems-bar.tsx';
import { useWords } from './texts.ts';
import type { FormSession } from './form-session.ts';

interface PublishDialogProps {
  readonly formId: string;
  readonly session: FormSession;
  readonly onClose: () => void;
  readonly onPublished: () => void;
}

/** The last look before everybody gets it: what stands in the way, and a note for colleagues. */
export function PublishDialog({ formId, session, onClose, onPublished }: PublishDialogProps) {
  const words = useWords();
  const document = useDocument();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly EditorProblem[]>([]);
  const [impact, setImpact] = useState<FormImpact | undefined>(undefined);
  const [unread, setUnread] = useState<unknown>(undefined);
  const [tries, setTries] = useState(0);
  const [confirmed, setConfirmed] = useState(false);
  const errors = [...lintDocument(document).filter(({ severity }) => severity === 'error'), ...refused];
  const breaks = impact?.changes.some((change) => change.breaking) ?? false;
  useEffect(() => {
    let open = true;
    void session
      .flush()
      .then(() => readFormImpact(formId))
      .then((found) => open && setImpact(found))
      .catch((error: unknown) => open && setUnread(error));
    return () => void (open = false);
  }, [session, formId, tries]);
  const readAgain = (): void => {
    setUnread(undefined);
    setTries(tries + 1);
  };
  const publish = async (): Promise<void> => {
    setBusy(true);
    try {
      if (!(await session.flush())) return onClose();
      const published = await publishForm(formId, {
        revision: session.revision,
        note: note.trim(),
        confirmBreaking: confirmed,
      });
      toastDone(words(published.changed ? 'published' : 'publishedSame', { version: published.version }));
      onPublished();
    } catch (error) {
      // Sent before it was known who would notice: nothing was published, and the list comes now.
      if (error instanceof ApiProblem && error.errors.some(({ keyword }) => keyword === 'breaking'))
        setImpact(await readFormImpact(formId));
      else if (error instanceof ApiProblem && error.status === 422)
        setRefused(error.errors.map(({ path, message }) => locateProblem(document, { path, message, remedy: '' })));
      else toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={words('publishTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': words('cancel') }}
    >
      <form
        className={styles.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (errors.length === 0 && (!breaks || confirmed)) void publish();
        }}
      >
        {errors.length > 0 ? (
          <>
            <p role="alert">{words('publishBlocked', { count: errors.length })}</p>
            <ProblemList problems={errors} onGo={onClose} />
          </>
        ) : (
          <>
            <p className={styles.lead}>{words('publishLead')}</p>
            {impact === undefined && unread !== undefined ? (
              <ErrorState error={unread} onRetry={readAgain} />
            ) : impact === undefined ? (
              <Skeleton height={48} role="status" aria-label={words('impactWait')} />
            ) : (
              <ImpactList impact={impact} confirmed={confirmed} onConfirm={setConfirmed} />
            )}
            <Textarea
              data-autofocus
              label={words('publishNote')}
              description={words('publishNoteHint')}
              autosize
              minRows={2}
              maxLength={2_000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          </>
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {words('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={errors.length > 0 || (breaks && !confirmed)}>
            {words('publish')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
