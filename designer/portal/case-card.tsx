import type { PortalCase } from '#contract';
import { IconCircleCheck, IconCircleX, IconClockHour4 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { formatInstant } from '../format/instant.ts';
import { useTelling } from '../ui/use-language.ts';
import styles from './portal.module.css';

const ICONS = { active: IconClockHour4, completed: IconCircleCheck, canceled: IconCircleX } as const;

/** One case of the organisation: its number, what it is, and how it goes in words. */
export function CaseCard({ item }: { readonly item: PortalCase }) {
  const telling = useTelling();
  const Icon = ICONS[item.state];
  return (
    <li className={styles.card}>
      <Link to="/portal/cases/$caseKey" params={{ caseKey: item.caseKey }} className={styles.cardLink}>
        <span className={styles.cardLine}>
          <span className={styles.cardNumber}>{item.caseNumber ?? item.title}</span>
          <time dateTime={item.acceptedAt} className={styles.quiet}>
            {formatInstant(item.acceptedAt, telling)}
          </time>
        </span>
        {item.caseNumber !== null && <span className={styles.quiet}>{item.title}</span>}
        <span className={styles.words} data-state={item.state}>
          <Icon size={18} stroke={1.6} aria-hidden />
          {item.words}
        </span>
      </Link>
    </li>
  );
}
