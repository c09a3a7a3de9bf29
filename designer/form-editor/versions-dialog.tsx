import type { FormVersion } from '#contract';
import { Badge, Button, Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formVersionsQuery, readFormVersion, republishForm } from '../api/forms.ts';
import { formatInstant } from '../format/instant.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { toastProblem } from '../ui/toast.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './dialog.module.css';
import type { JsonObject } from './document/form-document.ts';
import { useStore } from './editor-context.ts';
import { toastDone } from './editor-toast.ts';
import { useWords } from './texts.ts';

interface VersionsDialogProps {
  readonly formId: string;
  readonly onClose: () => void;
  readonly onPublished: () => void;
}

/** What was published when, by whom and why; the way back to any of them. */
export function VersionsDialog({ formId, onClose, onPublished }: VersionsDialogProps) {
  const words = useWords();
  const store = useStore();
  const telling = useTelling();
  const query = useQuery(formVersionsQuery(formId));
  const [busy, setBusy] = useState(false);
  const act = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await work().catch(toastProblem);
    setBusy(false);
  };
  const open = ({ version }: FormVersion): Promise<void> =>
    act(async () => {
      const definition = (await readFormVersion(formId, version)) as JsonObject;
      store.run({ kind: 'replace', definition });
      onClose();
    });
  const republish = ({ version }: FormVersion): Promise<void> =>
    act(async () => {
      const published = await republishForm(formId, version, words('versionRepublishNote', { version }));
      toastDone(words('published', { version: published.version }));
      onPublished();
    });
  return (
    <Modal
      opened
      onClose={onClose}
      title={words('versionsTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': words('cancel') }}
    >
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={120} />}
      {query.data && (
        <ul className={styles.versions}>
          {query.data.items.map((item, index) => (
            <li key={item.version} className={styles.versionRow}>
              <div>
                <strong>{words('version', { version: item.version })}</strong>{' '}
                {index === 0 && (
                  <Badge size="sm" variant="light" tt="none">
                    {words('versionCurrent')}
                  </Badge>
                )}
                <div className={item.note === '' ? styles.quiet : styles.versionNote}>
                  {item.note === '' ? words('versionNoNote') : item.note}
                </div>
                <div className={styles.quiet}>
                  {item.byName === null
                    ? formatInstant(item.at, telling)
                    : words('versionBy', { name: item.byName, at: formatInstant(item.at, telling) })}
                </div>
              </div>
              <div className={styles.actions}>
                <Button size="xs" variant="default" disabled={busy} onClick={() => void open(item)}>
                  {words('versionOpen')}
                </Button>
                {index > 0 && (
                  <Button size="xs" variant="default" disabled={busy} onClick={() => void republish(item)}>
                    {words('versionRepublish')}
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
