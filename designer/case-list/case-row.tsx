import type { CaseSummary } from '#contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CaseState } from '../case/case-state.tsx';
import { formatInstant } from '../format/instant.ts';
import { DeadlineBar } from '../ui/deadline-bar.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './case-list-screen.module.css';

/** One line on a desktop, a card on a phone; the whole row is the link's target. */
export function CaseRow({ item }: { readonly item: CaseSummary }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const ended = item.state !== 'ACTIVE';
  return (
    <tr className={styles.row}>
      <td data-column="number">{item.caseNumber ?? <span className={styles.quiet}>{t('cases.noNumber')}</span>}</td>
      <td data-column="case">
        <Link to="/cases/$caseKey" params={{ caseKey: item.caseKey }} className={styles.link}>
          {item.title}
        </Link>
      </td>
      <td data-column="client">{item.client}</td>
      <td data-column="stage">
        {ended || item.hasIncident || item.stages.length === 0 ? (
          <CaseState item={item} short />
        ) : (
          <span title={item.stages.join(', ')}>{item.stages.join(', ')}</span>
        )}
      </td>
      <td data-column="deadline">{!ended && <DeadlineBar deadline={item.deadline} />}</td>
      <td data-column="started">
        <time dateTime={item.startedAt}>{formatInstant(item.startedAt, telling)}</time>
      </td>
    </tr>
  );
}
