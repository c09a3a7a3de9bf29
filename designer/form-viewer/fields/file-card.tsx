import { formatBytes, formatDay, type FileReference } from '#engine';
import { ActionIcon } from '@mantine/core';
import { IconFile, IconFileTypePdf, IconMovie, IconPhoto, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useForm, useViewerText } from '../form-context.ts';
import styles from '../form-viewer.module.css';

/** An attached file: a thumbnail if the browser can draw it, else an icon of its kind. */
export function FileCard({ file, onRemove }: { readonly file: FileReference; readonly onRemove?: () => void }) {
  const { fileUrl, language } = useForm();
  const text = useViewerText();
  const [drawable, setDrawable] = useState(/^image\/(?:jpeg|png|webp)$/.test(file.mimeType));
  const taken =
    file.takenAt === undefined
      ? undefined
      : text('takenAt', { when: `${formatDay(file.takenAt.slice(0, 10), language)}, ${file.takenAt.slice(11, 16)}` });
  const url = fileUrl(file);
  const inside = (
    <>
      <span className={styles.thumb}>
        {drawable && url !== undefined ? (
          <img src={url} alt="" loading="lazy" onError={() => setDrawable(false)} />
        ) : (
          <FileIcon mimeType={file.mimeType} />
        )}
      </span>
      <span className={styles.fileText}>
        <span className={styles.fileName}>
          {url !== undefined && <span className={styles.hidden}>{text('openFile')} </span>}
          {file.name}
        </span>
        <span className={styles.fileSize}>{[formatBytes(file.size, language), taken].filter(Boolean).join(' · ')}</span>
      </span>
    </>
  );
  return (
    <span className={styles.file}>
      {url === undefined ? (
        <span className={styles.fileLink}>{inside}</span>
      ) : (
        <a className={styles.fileLink} href={url} target="_blank" rel="noreferrer">
          {inside}
        </a>
      )}
      {onRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          className={styles.target}
          aria-label={text('remove', { name: file.name })}
          onClick={onRemove}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </span>
  );
}

export function FileIcon({ mimeType }: { readonly mimeType: string }) {
  if (mimeType.startsWith('image/')) return <IconPhoto size={22} aria-hidden />;
  if (mimeType.startsWith('video/')) return <IconMovie size={22} aria-hidden />;
  return mimeType === 'application/pdf' ? (
    <IconFileTypePdf size={22} aria-hidden />
  ) : (
    <IconFile size={22} aria-hidden />
  );
}
