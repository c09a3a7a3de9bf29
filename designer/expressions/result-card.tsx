import { describeType, type FeelWarning, type JsonValue } from '#engine';
import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../ui/copy-button.tsx';
import { useLanguage } from '../ui/use-language.ts';
import type { Outcome } from './evaluate-sample.ts';
import styles from './result-card.module.css';
import { warningText } from './warning-text.ts';

interface ResultCardProps {
  readonly expression: string;
  readonly outcome: Outcome;
  /** Puts the cursor where a warning comes from. */
  readonly onShow: (from: number, to: number) => void;
}

/** What came out, its type, and what the engine warned of; or why nothing comes out. */
export function ResultCard({ expression, outcome, onShow }: ResultCardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const warnings = 'warnings' in outcome ? outcome.warnings : [];
  return (
    <section className={styles.card} aria-labelledby="result-title" data-kind={outcome.kind}>
      <header className={styles.head}>
        <h2 id="result-title" className={styles.title}>
          {t('expressions.result')}
        </h2>
        {outcome.kind === 'value' && (
          <>
            <span className={styles.type}>{outcome.value !== null && describeType(outcome.type)[language]}</span>
            <CopyButton text={valueText(outcome.value)} label={t('expressions.result')} />
          </>
        )}
      </header>
      <div role="status">
        <Body outcome={outcome} />
      </div>
      {warnings.length > 0 && <Warnings expression={expression} warnings={warnings} onShow={onShow} />}
    </section>
  );
}

function Body({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useTranslation();
  switch (outcome.kind) {
    case 'empty':
      return <p className={styles.quiet}>{t('expressions.resultEmpty')}</p>;
    case 'variables':
      return <p className={styles.quiet}>{t('expressions.resultVariables')}</p>;
    case 'syntax':
      return <p className={styles.quiet}>{t('expressions.resultSyntax')}</p>;
    case 'failed':
      return (
        <>
          <p className={styles.failed}>{t('expressions.failed')}</p>
          <p className={styles.reason} lang="en">
            {outcome.message}
          </p>
        </>
      );
    case 'value': {
      const note = noteKeyOf(outcome.value);
      return (
        <pre className={styles.value} tabIndex={0}>
          {valueText(outcome.value)}
          {note !== null && <span className={styles.note}>{t(note)}</span>}
        </pre>
      );
    }
  }
}

function noteKeyOf(value: JsonValue) {
  if (value === null) return 'expressions.nullNote' as const;
  if (typeof value !== 'boolean') return null;
  return value ? ('expressions.yesNote' as const) : ('expressions.noNote' as const);
}

function Warnings({
  expression,
  warnings,
  onShow,
}: {
  readonly expression: string;
  readonly warnings: readonly FeelWarning[];
  readonly onShow: ResultCardProps['onShow'];
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ul className={styles.warnings} aria-label={t('expressions.warnings')}>
      {warnings.map(({ message, from, to }) => {
        const before = expression.slice(0, from);
        const line = before.split('\n').length;
        const column = from - before.lastIndexOf('\n');
        return (
          <li key={`${from} ${message}`} className={styles.warning}>
            <IconAlertTriangle size={16} stroke={1.8} aria-hidden className={styles.icon} />
            <span>
              {warningText(message, language)}{' '}
              <UnstyledButton
                className={styles.place}
                title={t('expressions.showPlace')}
                onClick={() => onShow(from, to)}
              >
                {t('expressions.warningPlace', { line, column })}
              </UnstyledButton>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function valueText(value: JsonValue): string {
  return JSON.stringify(value, null, 2);
}
