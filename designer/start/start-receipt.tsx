import type { StartReceipt } from '#contract';
import { Alert, Button } from '@mantine/core';
import { IconCircleCheck, IconCopy, IconInfoCircle, IconShare2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../ui/copy-text.ts';
import styles from './start.module.css';

interface StartReceiptProps {
  readonly receipt: StartReceipt;
  readonly onAgain: () => void;
}

/** What a person takes along: the number, and the link that nobody can show again. */
export function StartReceiptView({ receipt, onAgain }: StartReceiptProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // The form is gone from under the focus; whoever hears the page hears what came of it.
  useEffect(() => heading.current?.focus(), []);
  const link = `${location.origin}/follow#${receipt.followToken}`;
  const share = typeof navigator.share === 'function';
  return (
    <section className={styles.receipt} aria-labelledby="receipt-title">
      <IconCircleCheck size={44} stroke={1.5} aria-hidden className={styles.done} />
      <h2 id="receipt-title" ref={heading} tabIndex={-1} className={styles.receiptTitle}>
        {t('start.received')}
      </h2>
      <p className={styles.numberLabel}>{t('start.number')}</p>
      <p className={styles.number}>{receipt.caseNumber}</p>
      {receipt.differs && (
        <Alert color="yellow" icon={<IconInfoCircle size={18} />} className={styles.notice}>
          {t('start.differs')}
        </Alert>
      )}
      <p className={styles.lead}>{t('start.keepLink')}</p>
      <a className={styles.link} href={link}>
        {link}
      </a>
      <div className={styles.actions}>
        <Button
          size="md"
          className={styles.primary}
          leftSection={<IconCopy size={18} aria-hidden />}
          onClick={() => void copyText(link).then(setCopied)}
        >
          {copied ? t('start.copied') : t('start.copyLink')}
        </Button>
        {share && (
          <Button
            size="md"
            variant="default"
            leftSection={<IconShare2 size={18} aria-hidden />}
            // Closing the sheet of the system is a choice, no failure.
            onClick={() => void navigator.share({ title: receipt.caseNumber, url: link }).catch(() => undefined)}
          >
            {t('start.shareLink')}
          </Button>
        )}
        <Button size="md" variant="default" component={Link} to="/follow" hash={receipt.followToken}>
          {t('start.follow')}
        </Button>
      </div>
      <span className="r-hidden" role="status">
        {copied ? t('start.copied') : ''}
      </span>
      <Button variant="subtle" size="md" onClick={onAgain}>
        {t('start.another')}
      </Button>
    </section>
  );
}
