import { useTranslation } from 'react-i18next';
import { useLanguage } from '../ui/use-language.ts';
import styles from './expressions-screen.module.css';

interface ClockLineProps {
  readonly now: number;
  readonly zone: string;
  readonly calendars: readonly string[];
}

/** What an expression reads besides its variables. */
export function ClockLine({ now, zone, calendars }: ClockLineProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const shown = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    now,
  );
  return (
    <p className={styles.hint}>
      {t('expressions.clock', { now: shown, zone })} <code className="r-mono">{calendars.join(', ')}</code>
    </p>
  );
}
