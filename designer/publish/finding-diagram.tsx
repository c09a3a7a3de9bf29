import type { LintFindingView } from '#contract';
import { IconSitemapOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { DiagramFrame } from '../diagram/diagram-frame.tsx';
import { useViewer } from '../diagram/use-viewer.ts';
import { StateView } from '../ui/state-view.tsx';
import { placesOf } from './findings.ts';
import styles from './finding-diagram.module.css';

interface FindingDiagramProps {
  readonly name: string;
  readonly xml: string;
  readonly findings: readonly LintFindingView[];
  readonly chosen: LintFindingView | undefined;
  readonly onChoose: (finding: LintFindingView) => void;
}

/** The model as it was drawn, with what was found at its elements; the same stands in the list in words. */
export function FindingDiagram({ name, xml, findings, chosen, onChoose }: FindingDiagramProps) {
  const { t } = useTranslation();
  const { canvas, viewer, failed } = useViewer(xml, (id) => {
    const there = findings.find(({ elementId }) => elementId === id);
    if (there !== undefined) onChoose(there);
  });

  useEffect(() => {
    const elementsOf = (wanted: string) =>
      findings.flatMap(({ severity, elementId }) => (severity === wanted && elementId !== null ? [elementId] : []));
    viewer?.setMarker(styles.warning ?? '', elementsOf('warning'));
    viewer?.setMarker(styles.error ?? '', elementsOf('error'));
  }, [viewer, findings]);

  useEffect(() => {
    const places = chosen === undefined ? [] : placesOf(chosen);
    viewer?.setMarker(styles.chosen ?? '', places);
    if (places[0] !== undefined) viewer?.reveal(places[0]);
  }, [viewer, chosen]);

  if (failed)
    return <StateView icon={IconSitemapOff} title={t('publish.diagramBroken')} lead={t('publish.diagramBrokenLead')} />;
  return (
    <DiagramFrame
      canvas={canvas}
      viewer={viewer}
      onFit={(shown) => shown.centre()}
      label={t('publish.diagram', { name })}
      className={styles.map}
    />
  );
}
