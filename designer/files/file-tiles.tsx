import type { FileReference } from '#contract';
import { UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatFileSize } from '../format/file-size.ts';
import { useLanguage } from '../ui/use-language.ts';
import { fileExtension, fileKind } from './file-kind.ts';
import styles from './file-tiles.module.css';

const Lightbox = lazy(() => import('./lightbox.tsx').then((module) => ({ default: module.Lightbox })));

export type ShownFile = FileReference & { readonly url: string };

interface FileTilesProps<F extends ShownFile> {
  readonly files: readonly F[];
  /** A third line under the name: where the file came from. */
  readonly note?: (file: F) => ReactNode;
}

/** Thumbnails in the order given; a click opens all of them in the lightbox. */
export function FileTiles<F extends ShownFile>({ files, note }: FileTilesProps<F>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [shown, setShown] = useState<number>();
  return (
    <>
      <ul className={styles.tiles}>
        {files.map((file, index) => (
          <li key={`${file.fileKey}-${index}`}>
            <UnstyledButton className={styles.tile} onClick={() => setShown(index)}>
              <span className="r-hidden">{t('files.view')} </span>
              <Thumbnail file={file} />
              <span className={styles.name} title={file.name}>
                {file.name}
              </span>
              <span className={styles.size}>{formatFileSize(file.size, language)}</span>
              {note !== undefined && <span className={styles.size}>{note(file)}</span>}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <Suspense>
          <Lightbox files={files} index={shown} onMove={setShown} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function Thumbnail({ file }: { readonly file: ShownFile }) {
  const [broken, setBroken] = useState(false);
  if (fileKind(file.mimeType) === 'picture' && !broken) {
    return (
      <img
        className={styles.picture}
        src={file.url}
        alt=""
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
      />
    );
  }
  return <span className={styles.icon}>{fileExtension(file.name, file.mimeType)}</span>;
}
