import 'bpmn-js/dist/assets/diagram-js.css';
import { ActionIcon } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus, type Icon } from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './diagram-frame.module.css';
import type { DiagramViewer } from './open-viewer.ts';

interface DiagramFrameProps {
  /** Where `openViewer` draws. */
  readonly canvas: RefObject<HTMLDivElement | null>;
  readonly viewer: DiagramViewer | undefined;
  /** Shows the whole diagram. */
  readonly onFit: (viewer: DiagramViewer) => void;
  readonly label: string;
  readonly describedBy?: string;
  readonly className: string | undefined;
  readonly children?: ReactNode;
}

/** The ground a diagram is drawn on, with its three buttons. */
export function DiagramFrame({ canvas, viewer, onFit, label, describedBy, className, children }: DiagramFrameProps) {
  const { t } = useTranslation();
  return (
    <div className={`${styles.frame} ${className}`}>
      <div ref={canvas} className={styles.canvas} role="group" aria-label={label} aria-describedby={describedBy} />
      <div className={styles.tools}>
        <Tool label={t('diagram.zoomIn')} icon={IconPlus} onClick={() => viewer?.zoom(1.25)} />
        <Tool label={t('diagram.zoomOut')} icon={IconMinus} onClick={() => viewer?.zoom(0.8)} />
        <Tool label={t('diagram.fit')} icon={IconMaximize} onClick={() => viewer && onFit(viewer)} />
      </div>
      {children}
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly icon: Icon;
  readonly onClick: () => void;
}

function Tool({ label, icon: Icon, onClick }: ToolProps) {
  return (
    <ActionIcon size={32} variant="default" className={styles.tool} aria-label={label} title={label} onClick={onClick}>
      <Icon size={16} />
    </ActionIcon>
  );
}
