import type { CaseDetail } from '#contract';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../format/instant.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { DeadlineBar } from '../ui/deadline-bar.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './case-header.module.css';
import { CaseState } from './case-state.tsx';
import { StageStrip } from './stage-strip.tsx';

export function CaseHeader({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const item = detail.case;
  return (
    <header className={styles.header}>
      <h1 id="case-title" className={styles.title}>
        {item.title}
      </h1>
      <div className={styles.meta}>
        {item.caseNumber !== null && (
          <span className={styles.number}>
            {item.caseNumber}
            <CopyButton text={item.caseNumber} label={t('case.copyNumber')} />
          </span>
        )}
        {/* Of a suspended case the banner speaks; «in progress» beside it would say the opposite. */}
        {detail.suspendedAt === null && <CaseState item={item} />}
        {item.state === 'ACTIVE' && item.deadline !== null && <DeadlineBar deadline={item.deadline} wide />}
        {item.client !== null && <span>{item.client}</span>}
        <span>{t('case.started', { when: formatInstant(item.startedAt, telling) })}</span>
        {item.endedAt !== null && <span>{t('case.ended', { when: formatInstant(item.endedAt, telling) })}</span>}
      </div>
      {detail.stages.length > 0 && <StageStrip stages={detail.stages} />}
    </header>
  );
}
