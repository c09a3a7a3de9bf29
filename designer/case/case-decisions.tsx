import type { CaseDecisionView } from '#contract';
import { Skeleton, UnstyledButton } from '@mantine/core';
import { IconAlertTriangleFilled, IconArrowsSplit2, IconChevronRight } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decisionsQuery } from '../api/cases.ts';
import { formatInstant } from '../format/instant.ts';
import { LoadMore } from '../ui/load-more.tsx';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './case-decisions.module.css';
import { DecisionTrace } from './decision-trace.tsx';
import { decisionValue, failedFirst, matchedText, remedyText } from './decision-text.ts';

/** What was decided in the case and why: the newest open, those before it folded to a line. */
export function CaseDecisions({ caseKey }: { readonly caseKey: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(decisionsQuery(caseKey));
  const evaluations = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  if (query.isPending) return <DecisionsSkeleton />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (evaluations.length === 0) {
    return <StateView icon={IconArrowsSplit2} title={t('decisions.empty')} lead={t('decisions.emptyLead')} />;
  }
  const several = new Set(evaluations.map(({ processName }) => processName)).size > 1;
  return (
    <div>
      <ul className={styles.evaluations} aria-label={t('case.tabs.decisions')}>
        {evaluations.map((evaluation, index) => (
          <Evaluation key={evaluation.id} evaluation={evaluation} showProcess={several} newest={index === 0} />
        ))}
      </ul>
      <LoadMore
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onLoad={() => void query.fetchNextPage()}
      />
    </div>
  );
}

interface EvaluationProps {
  readonly evaluation: CaseDecisionView;
  readonly showProcess: boolean;
  readonly newest: boolean;
}

function Evaluation({ evaluation, showProcess, newest }: EvaluationProps) {
  const { t } = useTranslation();
  const telling = { ...useTelling(), groupNames: evaluation.groupNames };
  const id = useId();
  const [open, setOpen] = useState(newest);
  const asked = evaluation.decisions.at(-1);
  if (asked === undefined) return null;
  const required = evaluation.decisions.slice(0, -1);
  const failed = failedFirst(evaluation);
  const Icon = failed === undefined ? IconArrowsSplit2 : IconAlertTriangleFilled;
  const outcome = failed === undefined ? decisionValue(asked.output, telling) : t('decisions.failed');
  const when = formatInstant(evaluation.at, telling);
  return (
    <li className={styles.evaluation} data-failed={failed !== undefined || undefined}>
      <h2 className={styles.heading}>
        <UnstyledButton
          className={styles.toggle}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          <span className={styles.icon}>
            <Icon size={15} aria-hidden />
          </span>
          <span className={styles.words}>
            <span className={styles.name}>{asked.name}</span>
            {asked.version !== null && (
              <span className={styles.version}>{t('decisions.version', { version: asked.version })}</span>
            )}
            <span className={styles.outcome}>
              {[failed === undefined ? matchedText(asked, telling) : null, outcome]
                .filter((part) => part !== null)
                .join(': ')}
            </span>
          </span>
          <IconChevronRight size={16} aria-hidden className={styles.chevron} />
        </UnstyledButton>
      </h2>
      <p className={styles.when}>
        {showProcess && `${evaluation.processName} · `}
        <time dateTime={evaluation.at}>
          {evaluation.elementName === null ? when : t('decisions.at', { when, step: evaluation.elementName })}
        </time>
      </p>
      {open && (
        <div id={id} className={styles.body}>
          {failed !== undefined && (
            <div className={styles.failure}>
              <h3>{t('decisions.failure')}</h3>
              <p className={styles.message}>{failed.failure}</p>
              <h3>{t('decisions.remedyTitle')}</h3>
              <p>{remedyText(failed, telling)}</p>
            </div>
          )}
          {required.length > 0 && (
            <section className={styles.required}>
              <h3 className={styles.label}>{t('decisions.required')}</h3>
              <ol>
                {required.map((decision) => (
                  <li key={decision.decisionId}>
                    <DecisionTrace decision={decision} telling={telling} failed={failed} named />
                  </li>
                ))}
              </ol>
            </section>
          )}
          <DecisionTrace decision={asked} telling={telling} failed={failed} named={required.length > 0} />
        </div>
      )}
    </li>
  );
}

function DecisionsSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-busy aria-label={t('common.loading')}>
      <Skeleton height={20} width="62%" />
      <Skeleton height={12} width={180} mt={8} />
      {['48%', '40%', '70%'].map((width) => (
        <Skeleton key={width} height={16} width={width} mt={14} ml={37} />
      ))}
      <Skeleton height={20} width="54%" mt={28} />
    </div>
  );
}
