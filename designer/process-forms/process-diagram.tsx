import { IconSitemapOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DiagramFrame } from '../diagram/diagram-frame.tsx';
import { useViewer } from '../diagram/use-viewer.ts';
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
  const clicked = useRef<string>(undefined);
  const { canvas, viewer, failed } = useViewer(xml, (id) => {
    if (!steps.includes(id)) return;
    clicked.current = id;
    onChoose(id);
  });

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
      canvas={canvas}
      viewer={viewer}
      onFit={(shown) => shown.centre()}
      label={t('processes.diagram')}
      className={styles.map}
    />
  );
}
