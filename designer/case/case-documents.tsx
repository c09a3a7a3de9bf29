import type { DocumentView } from '#contract';
import { Button, Modal, Skeleton } from '@mantine/core';
import { IconDownload, IconEye, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { documentsQuery } from '../api/cases.ts';
import { formatInstant } from '../format/instant.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorState } from '../ui/state-view.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './case-documents.module.css';

/** Papers the case produced: number, checksum, a look at the text, the PDF. */
export function CaseDocuments({ caseKey }: { readonly caseKey: string }) {
  const { t } = useTranslation();
  const query = useQuery(documentsQuery(caseKey));
  const [shown, setShown] = useState<DocumentView>();
  if (query.isPending) return <Skeleton height={64} />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return <p className={styles.none}>{t('case.noDocuments')}</p>;
  return (
    <>
      <ul className={styles.documents}>
        {query.data.map((item) => (
          <Document key={item.documentKey} item={item} onShow={() => setShown(item)} />
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

function Document({ item, onShow }: { readonly item: DocumentView; readonly onShow: () => void }) {
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
        <div className={styles.meta}>
          <span className="r-mono" title={item.sha256}>
            {t('case.checksum', { sum: `${item.sha256.slice(0, 8)}…${item.sha256.slice(-4)}` })}
          </span>
          <CopyButton text={item.sha256} label={t('case.copyChecksum')} />
        </div>
        <div className={styles.actions}>
          <Button variant="default" size="xs" leftSection={<IconEye size={14} />} onClick={onShow}>
            {t('case.preview')}
          </Button>
          <Button
            component="a"
            href={item.pdfUrl}
            download={`${item.documentNumber}.pdf`}
            variant="default"
            size="xs"
            leftSection={<IconDownload size={14} />}
          >
            {t('case.pdf')}
          </Button>
        </div>
      </div>
    </li>
  );
}
