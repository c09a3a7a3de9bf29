import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowLeft, IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import frame from '../ui/editor-frame.module.css';
import { saveFile } from '../ui/save-file.ts';
import { toastDone } from '../ui/toast.tsx';
import { UndoButtons } from '../ui/undo-buttons.tsx';
import styles from './process-editor.module.css';
import { runningText } from './running-text.ts';
import type { StepStore } from './step-store.ts';

interface ProcessHeaderProps {
  readonly store: StepStore;
  readonly onPublish: () => void;
  readonly onVersions: () => void;
}

/** Which process it is, what of it is edited, and the way to publish that. */
export function ProcessHeader({ store, onPublish, onVersions }: ProcessHeaderProps) {
  const { t } = useTranslation();
  const { design, history, edited } = useSyncExternalStore(store.subscribe, store.state);
  const { name, processId, version, versions, xml } = design;
  const running = versions.reduce((sum, one) => sum + one.running, 0);
  return (
    <header className={frame.header}>
      <ActionIcon component={Link} to="/processes" variant="subtle" color="gray" aria-label={t('processes.back')}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
      <div className={frame.heading}>
        <h1 className={frame.title} data-wraps>
          {name}
        </h1>
        <div className={`${frame.state} ${styles.state}`}>
          <span className="r-mono">{processId}</span>
          <span>{t('processes.version', { version })}</span>
          <span>{runningText(running, t)}</span>
          {edited.length > 0 && <strong>{t('processes.draft', { count: edited.length })}</strong>}
        </div>
      </div>
      <div className={frame.buttons}>
        <UndoButtons store={store} history={history} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={t('processes.more')}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onVersions}>{t('processes.versions')}</Menu.Item>
            <Menu.Item onClick={() => saveFile(new Blob([xml], { type: 'application/xml' }), `${processId}.bpmn`)}>
              {t('processes.download')}
            </Menu.Item>
            <Menu.Item
              disabled={edited.length === 0}
              onClick={() => {
                store.discard();
                toastDone(t('processes.discarded'));
              }}
            >
              {t('processes.discard')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button onClick={onPublish} disabled={edited.length === 0}>
          {t('processes.publish')}
        </Button>
      </div>
    </header>
  );
}
