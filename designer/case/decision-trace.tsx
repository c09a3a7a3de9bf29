import type { DecisionView } from '#contract';
import { UnstyledButton } from '@mantine/core';
import { Fragment, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { decisionValue, matchedText, policyText, type DecisionTelling } from './decision-text.ts';
import styles from './decision-trace.module.css';

/** More of a list than this, or a longer value, is folded. */
const SHOWN_ITEMS = 8;
const SHOWN_LENGTH = 160;

interface DecisionTraceProps {
  readonly decision: DecisionView;
  readonly telling: DecisionTelling;
  /** Where the evaluation failed first; its message stands above. */
  readonly failed: DecisionView | undefined;
  /** With its own name and version: one of several. */
  readonly named?: boolean;
}

/** One decision: what it looked at, which rules matched, what came out. */
export function DecisionTrace({ decision, telling, failed, named = false }: DecisionTraceProps) {
  const { t } = useTranslation();
  const { name, version, inputs, matchedRules, table, output, failure } = decision;
  const policy = policyText(decision, telling);
  const tell = (value: unknown): ReactNode => <Value text={decisionValue(value, telling)} />;
  return (
    <div className={styles.trace}>
      {named && (
        <h4 className={styles.name}>
          {name}
          {version !== null && <span className={styles.version}>{t('decisions.version', { version })}</span>}
        </h4>
      )}
      <dl className={styles.parts}>
        {(inputs.length > 0 || table === null) && (
          <Part label={t('decisions.inputs')}>
            {inputs.length === 0 ? (
              <span className={styles.muted}>{t('decisions.noInputs')}</span>
            ) : (
              <Folded
                items={inputs}
                more={(count) => t('decisions.moreInputs', { count })}
                item={({ name: input, value }) => (
                  <>
                    <span className={styles.muted}>{input}:</span> {tell(value)}
                  </>
                )}
              />
            )}
          </Part>
        )}
        {(table !== null || matchedRules.length > 0) && (
          <Part label={t('decisions.rules')}>
            <p>{matchedText(decision, telling)}</p>
            {policy !== null && <p className={styles.policy}>{policy}</p>}
            <Folded
              items={matchedRules}
              more={(count) => t('decisions.moreRules', { count })}
              item={({ index, annotation, outputs }) => (
                <>
                  <span className={styles.muted}>{t('decisions.rule', { index })}:</span>{' '}
                  {annotation !== null && annotation !== '' && `${annotation} — `}
                  {outputs.map((one, at) => (
                    <Fragment key={one.name}>
                      {at > 0 && ', '}
                      <span className={styles.muted}>{one.name}</span> = {tell(one.value)}
                    </Fragment>
                  ))}
                </>
              )}
            />
          </Part>
        )}
        <Part label={t('decisions.result')}>
          {failure === null ? (
            <span className={styles.result}>{tell(output)}</span>
          ) : (
            <span className={styles.bad}>
              {decision === failed ? t('decisions.failed') : t('decisions.requiredFailed')}
            </span>
          )}
        </Part>
      </dl>
    </div>
  );
}

function Part({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.part}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface FoldedProps<T> {
  readonly items: readonly T[];
  readonly item: (one: T) => ReactNode;
  readonly more: (count: number) => string;
}

/** The first of a list, the others behind a button. */
function Folded<T>({ items, item, more }: FoldedProps<T>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  // A button that hides one line takes a line itself.
  const folds = items.length > SHOWN_ITEMS + 1;
  const shown = folds && !open ? items.slice(0, SHOWN_ITEMS) : items;
  if (items.length === 0) return null;
  return (
    <>
      <ul className={styles.items}>
        {shown.map((one, index) => (
          <li key={index}>{item(one)}</li>
        ))}
      </ul>
      {folds && (
        <UnstyledButton className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('decisions.showLess') : more(items.length - SHOWN_ITEMS)}
        </UnstyledButton>
      )}
    </>
  );
}

/** A long value is cut to a line or two until one asks for it. */
function Value({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (text.length <= SHOWN_LENGTH) return <span className={styles.value}>{text}</span>;
  return (
    <>
      <span className={styles.value}>
        {open ? text : `${text.replace(/\s+/g, ' ').slice(0, SHOWN_LENGTH).trimEnd()}…`}
      </span>{' '}
      <UnstyledButton className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'decisions.showLess' : 'decisions.showAll')}
      </UnstyledButton>
    </>
  );
}
