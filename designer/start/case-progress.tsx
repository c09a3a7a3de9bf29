import type { CaseProgress } from '#contract';
import { IconCircleCheck, IconCircleX, IconClockHour4 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../format/instant.ts';
import { useTelling } from '../ui/use-language.ts';
import styles from './start.module.css';

const ICONS = { active: IconClockHour4, completed: IconCircleCheck, canceled: IconCircleX } as const;

/** The state in one sentence, then what has been told on the way. */
export function CaseProgressView({ progress }: { readonly progress: CaseProgress }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const Icon = ICONS[progress.state];
  const earlier = progress.steps.slice(0, -1);
  return (
    <article className={styles.progress}>
      {progress.caseNumber !== null && <p className={styles.numberLabel}>{progress.title}</p>}
      <h1 className={styles.number}>{progress.caseNumber ?? progress.title}</h1>
      <div className={styles.now} data-state={progress.state} role="status">
        <Icon size={28} stroke={1.6} aria-hidden />
        <div>
          <p className={styles.words}>{progress.words}</p>
          <p className={styles.when}>
            <time dateTime={progress.endedAt ?? progress.steps.at(-1)?.at ?? progress.acceptedAt}>
              {formatInstant(progress.endedAt ?? progress.steps.at(-1)?.at ?? progress.acceptedAt, telling)}
            </time>
          </p>
        </div>
      </div>
      {earlier.length > 0 && (
        <>
          <h2 className={styles.historyTitle}>{t('start.history')}</h2>
          <ol className={styles.steps}>
            {earlier.map((step) => (
              <li key={step.at + step.text}>
                <span>{step.text}</span>
                <time dateTime={step.at}>{formatInstant(step.at, telling)}</time>
              </li>
            ))}
          </ol>
        </>
      )}
      {progress.endedAt === null && <p className={styles.quiet}>{t('start.refreshed')}</p>}
    </article>
  );
}
