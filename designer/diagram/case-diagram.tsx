import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconSitemapOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { diagramQuery } from '../api/cases.ts';
import { formatElapsed } from '../format/working-time.ts';
import { ErrorState, StateView } from '../ui/state-view.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './case-diagram.module.css';
import { DiagramFrame } from './diagram-frame.tsx';
import { elementMarks, type Diagram, type Mark } from './element-marks.ts';
import { openViewer, type DiagramViewer } from './open-viewer.ts';

/** The map of the case: passed, here, overdue, ahead; and the maps of the processes it called. */
export function CaseDiagram({ caseKey }: { readonly caseKey: string }) {
  const { t } = useTranslation();
  const query = useQuery(diagramQuery(caseKey));
  const [chosen, setChosen] = useState<string>();
  if (query.isPending) return <Skeleton className={styles.skeleton} />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { diagrams } = query.data;
  const diagram = diagrams.find((candidate) => candidate.processInstanceKey === chosen) ?? diagrams[0];
  if (diagram === undefined)
    return <StateView icon={IconSitemapOff} title={t('diagram.broken')} lead={t('diagram.brokenLead')} />;
  return (
    <div className={styles.diagram}>
      <div className={styles.head}>
        {diagrams.length > 1 ? (
          <SegmentedControl
            className={styles.processes}
            size="xs"
            aria-label={t('diagram.process')}
            value={diagram.processInstanceKey}
            onChange={setChosen}
            data={diagrams.map((one) => ({ value: one.processInstanceKey, label: one.processName }))}
          />
        ) : (
          <span className={styles.name}>{diagram.processName}</span>
        )}
        <span className={styles.version}>{t('diagram.version', { version: diagram.version })}</span>
        <Legend />
      </div>
      <Canvas key={diagram.processInstanceKey} diagram={diagram} />
    </div>
  );
}

const LEGEND: readonly (Mark | 'ahead')[] = ['done', 'current', 'overdue', 'ahead'];

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className={styles.legend} aria-label={t('diagram.legend')}>
      {LEGEND.map((mark) => (
        <li key={mark} data-mark={mark}>
          {t(`diagram.${mark}`)}
        </li>
      ))}
    </ul>
  );
}

function Canvas({ diagram }: { readonly diagram: Diagram }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const container = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<DiagramViewer>();
  const [failure, setFailure] = useState<Error>();
  const marks = useMemo(() => elementMarks(diagram), [diagram]);
  const { xml } = diagram;
  // Where the case is, or where it came to its end.
  const start = useRef([...marks.counts.keys(), ...diagram.completed.map(({ elementId }) => elementId).reverse()]);

  useEffect(() => {
    let closed = false;
    let opened: DiagramViewer | undefined;
    // The font must be there first: bpmn-js measures labels once, while it draws.
    void document.fonts.load("12px 'Inter Variable'", 'Жж').then(async () => {
      if (closed || container.current === null) return;
      try {
        opened = await openViewer(container.current, xml);
        if (closed) opened.close();
        else {
          opened.open(start.current);
          setViewer(opened);
        }
      } catch (error) {
        if (!closed) setFailure(error instanceof Error ? error : new Error('The diagram could not be drawn.'));
      }
    });
    return () => {
      closed = true;
      setViewer(undefined);
      opened?.close();
    };
  }, [xml]);

  useEffect(() => {
    viewer?.mark(marks, {
      tokens: (count) => t('diagram.tokens', { count }),
      elapsed: (minutes) => formatElapsed(minutes, language),
    });
  }, [viewer, marks, t, language]);

  if (failure !== undefined) {
    const note = failure.message;
    return (
      <StateView icon={IconSitemapOff} title={t('diagram.broken')} lead={t('diagram.brokenLead')} note={note} alert />
    );
  }
  const here = viewer?.names([...marks.counts.keys()]) ?? [];
  const passed = viewer?.names(diagram.completed.map(({ elementId }) => elementId)) ?? [];
  return (
    <DiagramFrame
      canvas={container}
      viewer={viewer}
      onFit={(shown) => shown.fit()}
      label={t('diagram.label', { name: diagram.processName })}
      describedBy="diagram-words"
      className={styles.frame}
    >
      <p id="diagram-words" className="r-hidden">
        {here.length > 0 ? t('diagram.now', { names: here.join(', ') }) : t('diagram.finished')}.{' '}
        {passed.length > 0 && t('diagram.passed', { names: passed.join(', ') })}
      </p>
    </DiagramFrame>
  );
}
