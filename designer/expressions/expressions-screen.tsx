import { Button, Menu } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronDown, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { sampleType, type FeelFunctionDescription } from '#engine';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, sessionQuery } from '../api/session.ts';
import { callOf } from '../feel-editor/complete-feel.ts';
import { FeelEditor, type FeelEditorApi } from '../feel-editor/feel-editor.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { StateView } from '../ui/state-view.tsx';
import { TabBar, TabPanel } from '../ui/tab-bar.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useNow } from '../ui/use-now.ts';
import { useTitle } from '../ui/use-title.ts';
import { ClockLine } from './clock-line.tsx';
import { evaluateSample } from './evaluate-sample.ts';
import { EXAMPLES } from './examples.ts';
import styles from './expressions-screen.module.css';
import { FunctionList } from './function-list.tsx';
import { JsonBox } from './json-box.tsx';
import { Memo } from './memo.tsx';
import { LINK_LIMIT } from './playground-search.ts';
import { readSample } from './read-sample.ts';
import { ResultCard } from './result-card.tsx';
import { shippedCalendars } from './shipped-calendars.ts';
import { usePlayground } from './use-playground.ts';

/** For whoever writes rules. */
export function ExpressionsScreen() {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  useTitle(t('expressions.title'));
  if (!may(session, 'deploy')) {
    return <StateView icon={IconLock} title={t('errors.forbidden')} lead={t('errors.forbiddenLead')} />;
  }
  return <Playground />;
}

/** An expression tried on sample variables by the engine itself, in the browser, beside the list of all functions. */
function Playground() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { expression, variables, setExpression, setVariables, take } = usePlayground();
  const [side, setSide] = useState<'functions' | 'memo'>('functions');
  const editor = useRef<FeelEditorApi>(null);
  const zone = useMemo(() => Intl.DateTimeFormat().resolvedOptions().timeZone, []);
  const now = useNow(30_000).getTime();

  const [settledText] = useDebouncedValue(expression, 150);
  const [settledJson] = useDebouncedValue(variables, 150);
  const sample = useMemo(() => readSample(settledJson), [settledJson]);
  const outcome = useMemo(
    () => evaluateSample(settledText, sample, { now, zone, calendars: shippedCalendars }),
    [settledText, sample, now, zone],
  );
  const known = useMemo(
    () =>
      sample.ok ? Object.entries(sample.variables).map(([name, value]) => ({ name, type: sampleType(value) })) : [],
    [sample],
  );
  const link = `${location.origin}/expressions?${new URLSearchParams({ e: expression, v: variables })}`;

  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <h1>{t('expressions.title')}</h1>
        {link.length <= LINK_LIMIT && <CopyButton text={link} label={t('expressions.copyLink')} />}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
              {t('expressions.examples')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {EXAMPLES.map((example) => (
              <Menu.Item key={example.title.en} onClick={() => take(example)}>
                {example.title[language]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </header>
      <div className={styles.columns}>
        <div className={styles.work}>
          <FeelEditor
            ref={editor}
            label={t('expressions.expression')}
            value={expression}
            onChange={setExpression}
            variables={known}
            // Without variables to go by, every name would be wrong.
            complete={sample.ok}
            language={language}
            placeholder={t('expressions.placeholder')}
            multiline
          />
          <p className={`${styles.hint} ${styles.keys}`}>{t('expressions.keys')}</p>
          <ResultCard
            expression={settledText}
            outcome={outcome}
            onShow={(from, to) => editor.current?.select(from, to)}
          />
          <JsonBox
            label={t('expressions.variables')}
            description={t('expressions.variablesLead')}
            value={variables}
            onChange={setVariables}
            reading={sample}
          />
          <ClockLine now={now} zone={zone} calendars={shippedCalendars.ids} />
        </div>
        <aside className={styles.side} aria-label={t('expressions.side')}>
          <div className={styles.tabs}>
            <TabBar
              id="expressions"
              label={t('expressions.side')}
              tabs={[
                { value: 'functions', label: t('expressions.functions') },
                { value: 'memo', label: t('expressions.memo') },
              ]}
              value={side}
              onChange={setSide}
            />
          </div>
          <TabPanel id="expressions" value={side} className={styles.panel}>
            {side === 'memo' ? (
              <Memo />
            ) : (
              <FunctionList onInsert={(fn: FeelFunctionDescription) => editor.current?.insert(callOf(fn))} />
            )}
          </TabPanel>
        </aside>
      </div>
    </div>
  );
}
