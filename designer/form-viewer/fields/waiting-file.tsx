import { ActionIcon, Progress } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useViewerText } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import type { QueuedFile, UploadQueue } from '../upload-queue.ts';
import { FileIcon } from './file-card.tsx';

/** A file that is not with the server yet: how far it is, or what keeps it. */
export function WaitingFile({ entry, queue }: { readonly entry: QueuedFile; readonly queue: UploadQueue }) {
  const text = useViewerText();
  const { key, failure, prepared } = entry;
  const { name } = entry.file;
  const percent = Math.round(entry.progress * 100);
  return (
    <span className={styles.file} data-failed={failure && !failure.waiting ? true : undefined}>
      <span className={styles.thumb}>
        <FileIcon mimeType={entry.file.type} />
      </span>
      <span className={styles.fileText}>
        <span className={styles.fileName}>{name}</span>
        {failure ? (
          <span className={failure.waiting ? styles.fileSize : styles.error} role="alert">
            {failure.waiting ? text('waitingForNet') : failure.message}
          </span>
        ) : (
          <>
            <Progress value={percent} size={4} aria-label={name} />
            <span className={styles.fileSize}>{prepared ? text('uploading', { percent }) : text('preparing')}</span>
          </>
        )}
      </span>
      {failure && !failure.final && (
        <ActionIcon
          variant="subtle"
          className={styles.target}
          aria-label={text('retry', { name })}
          onClick={() => queue.retry(key)}
        >
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        className={styles.target}
        aria-label={text('remove', { name })}
        onClick={() => queue.remove(key)}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </span>
  );
}
