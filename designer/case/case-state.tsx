import type { CaseSummary } from '#contract';
import { IconAlertTriangleFilled, IconCircleCheck, IconCircleDot, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './case-state.module.css';

const ICONS = { ACTIVE: IconCircleDot, COMPLETED: IconCircleCheck, TERMINATED: IconCircleX } as const;
const WORDS = { ACTIVE: 'case.active', COMPLETED: 'case.completed', TERMINATED: 'case.terminated' } as const;

/** The state of a case by icon, colour and word; an incident outranks "in progress". */
export function CaseState({
  item,
  short = false,
}: {
  readonly item: Pick<CaseSummary, 'state' | 'hasIncident'>;
  readonly short?: boolean;
}) {
  const { t } = useTranslation();
  const incident = item.state === 'ACTIVE' && item.hasIncident;
  const Icon = incident ? IconAlertTriangleFilled : ICONS[item.state];
  return (
    <span className={styles.state} data-state={incident ? 'INCIDENT' : item.state}>
      <Icon size={14} aria-hidden />
      {t(incident ? (short ? 'case.incidentShort' : 'case.incident') : WORDS[item.state])}
    </span>
  );
}
