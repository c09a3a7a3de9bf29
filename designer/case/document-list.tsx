import type { PortalDocument } from '#contract';
import { Button, Modal } from '@mantine/core';
import { IconDownload, IconEye, IconFileText } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../format/instant.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './document-list.module.css';

interface DocumentListProps<D extends PortalDocument> {
  readonly documents: readonly D[];
  /** A line under the number: who has it, for example. */
  readonly note?: (item: D) => ReactNode;
}

/** Papers: number, checksum, a look at the text, the PDF. */
export function DocumentList<D extends PortalDocument>({ documents, note }: DocumentListProps<D>) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<D>();
  return (
    <>
      <ul className={styles.documents}>
        {documents.map((item) => (
          <Document key={item.documentKey} item={item} note={note?.(item)} onShow={() => setShown(item)} />
        ))}
      </ul>
      {shown !== undefined && (
        <Modal
          opened
          onClose={() => setShown(undefined)}
          title={shown.title}
          size="xl"
          padding={0}
          classNames={{ header: styles.previewHead, body: styles.previewBody }}
          closeButtonProps={{ 'aria-label': t('common.close') }}
        >
          {/* No allowances: the document is text to look at and must run nothing of its own. */}
          <iframe className={styles.preview} sandbox="" src={shown.htmlUrl} title={shown.title} />
        </Modal>
      )}
    </>
  );
}

interface DocumentProps {
  readonly item: PortalDocument;
  readonly note: ReactNode;
  readonly onShow: () => void;
}

function Document({ item, note, onShow }: DocumentProps) {
  const { t } = useTranslation();
  const telling = useTelling();
  return (
    <li className={styles.document}>
      <IconFileText size={20} stroke={1.5} aria-hidden className={styles.icon} />
      <div className={styles.words}>
        <div className={styles.title}>{item.title}</div>
        <div className={styles.meta}>
          {t('case.documentMeta', { number: item.documentNumber, when: formatInstant(item.createdAt, telling) })}
        </div>
        {note !== undefined && note !== false && <div className={styles.meta}>{note}</div>}
        <div className={styles.meta}>
          <span className="r-mono" title={item.sha256}>
            {t('case.checksum', { sum: `${item.sha256.slice(0, 8)}…${item.sha256.slice(-4)}` })}
          </span>
          <CopyButton text={item.sha256} label={t('case.copyChecksum')} />
        </div>
        <div className={styles.actions}>
          <Button
            variant="default"
            size="xs"
            className={styles.action}
            leftSection={<IconEye size={14} />}
            onClick={onShow}
          >
            {t('case.preview')}
          </Button>
          <Button
            component="a"
            href={item.pdfUrl}
            download={`${item.documentNumber}.pdf`}
            variant="default"
            size="xs"
            className={styles.action}
            leftSection={<IconDownload size={14} />}
          >
            {t('case.pdf')}
          </Button>
        </div>
      </div>
    </li>
  );
}
