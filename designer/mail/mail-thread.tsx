import type { MailView } from '#contract';
import { Skeleton, UnstyledButton } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight, IconChevronRight, IconMailOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mailsQuery } from '../api/cases.ts';
import { formatInstant } from '../format/instant.ts';
import { FileTiles } from '../files/file-tiles.tsx';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './mail-thread.module.css';

/** The mails of a case, newest first. The newest and the one it began with are open, the others fold to a line. */
export function MailThread({ caseKey }: { readonly caseKey: string }) {
  const { t } = useTranslation();
  const query = useQuery(mailsQuery(caseKey));
  if (query.isPending) return <MailSkeleton />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return <StateView icon={IconMailOff} title={t('mail.empty')} />;
  const mails = query.data.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <div className={styles.thread}>
      {mails.map((mail, index) => (
        <Mail key={mail.mailKey} mail={mail} initiallyOpen={index === 0 || index === mails.length - 1} />
      ))}
    </div>
  );
}

function Mail({ mail, initiallyOpen }: { readonly mail: MailView; readonly initiallyOpen: boolean }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const id = useId();
  const [open, setOpen] = useState(initiallyOpen);
  const [whole, setWhole] = useState(false);
  const Arrow = mail.direction === 'in' ? IconArrowDownLeft : IconArrowUpRight;
  const hasQuotes = mail.fullText.trim() !== '' && mail.fullText.trim() !== mail.text.trim();
  const text = (whole ? mail.fullText : mail.text).trim();
  return (
    <article className={styles.mail} data-direction={mail.direction}>
      <UnstyledButton className={styles.head} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <span className={styles.arrow} title={t(`mail.${mail.direction}`)}>
          <Arrow size={14} aria-hidden />
          <span className="r-hidden">{t(`mail.${mail.direction}`)}</span>
        </span>
        <span className={styles.from}>{mail.direction === 'in' ? mail.from : `${t('mail.to')}: ${mail.to}`}</span>
        <span className={styles.time}>
          <time dateTime={mail.at}>{formatInstant(mail.at, telling)}</time>
          <IconChevronRight size={14} className={styles.chevron} aria-hidden />
        </span>
        <span className={styles.subject}>{mail.subject.trim() || t('mail.noSubject')}</span>
      </UnstyledButton>
      {open && (
        <div id={id} className={styles.content}>
          <p className={styles.text}>{text === '' ? <em>{t('mail.noText')}</em> : text}</p>
          {hasQuotes && (
            <UnstyledButton className={styles.quotes} aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {t(whole ? 'mail.hideQuotes' : 'mail.showQuotes')}
            </UnstyledButton>
          )}
          {mail.attachments.length > 0 && <FileTiles files={mail.attachments} />}
        </div>
      )}
    </article>
  );
}

function MailSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.thread} role="status" aria-busy aria-label={t('common.loading')}>
      <Skeleton height={180} />
      <Skeleton height={52} />
    </div>
  );
}
