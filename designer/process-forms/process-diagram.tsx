import { IconSitemapOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DiagramFrame } from '../diagram/diagram-frame.tsx';
import { openViewer, type DiagramViewer } from '../diagram/open-viewer.ts';
import { StateView } from '../ui/state-view.tsx';
import styles from './process-diagram.module.css';

interface ProcessDiagramProps {
  readonly xml: string;
  /** Elements that can be chosen. */
  readonly steps: readonly string[];
  readonly edited: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (elementId: string) => void;
}

/** The map of the process; whoever cannot click on it has the same steps in the list. */
export function ProcessDiagram({ xml, steps, edited, chosen, onChoose }: ProcessDiagramProps) {
  const { t } = useTranslation();
  const container = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<DiagramViewer>();
  const [failed, setFailed] = useState(false);
  const choose = useRef(onChoose);
  const clicked = useRef<string>(undefined);
  useEffect(() => {
    choose.current = (id) => {
      if (!steps.includes(id)) return;
      clicked.current = id;
      onChoose(id);
    };
  });

  useEffect(() => {
    const box = container.current;
    if (box === null) return;
    let closed = false;
    let opening = false;
    let opened: DiagramViewer | undefined;
    const open = async (): Promise<void> => {
      opening = true;
      // The font must be there first: bpmn-js measures labels once, while it draws.
      await document.fonts.load("12px 'Inter Variable'", 'Жж');
      try {
        if (closed) return;
        const made = await openViewer(box, xml);
        if (closed) return made.close();
        opened = made;
        made.centre();
        made.onChoose((id) => choose.current(id));
        setViewer(made);
      } catch {
        if (!closed) setFailed(true);
      }
    };
    // On a phone it is hidden at first, and without a size nothing can be drawn.
    const size = new ResizeObserver(() => {
      if (box.clientHeight === 0) return;
      if (opened) opened.centre();
      else if (!opening) void open();
    });
    size.observe(box);
    return () => {
      closed = true;
      size.disconnect();
      setViewer(undefined);
      opened?.close();
    };
  }, [xml]);

  useEffect(() => {
    viewer?.setMarker(styles.step ?? '', steps);
    viewer?.setMarker(styles.edited ?? '', edited);
    viewer?.setMarker(styles.chosen ?? '', chosen === undefined ? [] : [chosen]);
  }, [viewer, steps, edited, chosen]);

  // Chosen in the list: it is shown here. Chosen here, nothing moves.
  useEffect(() => {
    if (chosen !== undefined && chosen !== clicked.current) viewer?.reveal(chosen);
    clicked.current = undefined;
  }, [viewer, chosen]);

  if (failed)
    return (
      <StateView icon={IconSitemapOff} title={t('processes.diagramBroken')} lead={t('processes.diagramBrokenLead')} />
    );
  return (
    <DiagramFrame
      canvas={container}
      viewer={viewer}
      onFit={(shown) => shown.centre()}
      label={t('processes.diagram')}
      className={styles.map}
    />
  );
}
