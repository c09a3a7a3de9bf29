import type { ProcessDesign, ProcessVersion } from '#contract';
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, sessionQuery } from '../api/session.ts';
import { formatInstant } from '../format/instant.ts';
import { useTelling } from '../ui/use-language.ts';
import styles from './dialog.module.css';
import { runningText } from './running-text.ts';
import { SuspensionDialog } from './suspension-dialog.tsx';

interface VersionsDialogProps {
  readonly design: ProcessDesign;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

/** The versions that still matter: what runs on each, and whether it starts anything. */
export function VersionsDialog({ design, onDone, onClose }: VersionsDialogProps) {
  const { t } = useTranslation();
  const telling = useTelling();
  const session = useQuery(sessionQuery).data;
  const [asked, setAsked] = useState<ProcessVersion | undefined>(undefined);
  if (asked) return <SuspensionDialog version={asked} onDone={onDone} onClose={onClose} />;
  const stateOf = ({ suspendedAt, version }: ProcessVersion): string => {
    if (suspendedAt !== null) return t('processes.stateSuspended', { when: formatInstant(suspendedAt, telling) });
    return t(version === design.version ? 'processes.stateLatest' : 'processes.stateOld');
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('processes.versionsTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('processes.close') }}
    >
      <ul className={styles.versions}>
        {design.versions.map((one) => (
          <li key={one.processDefinitionKey} className={styles.version}>
            <div>
              <strong>{t('processes.version', { version: one.version })}</strong>{' '}
              <span className={styles.quiet}>{stateOf(one)}</span>
            </div>
            <div className={styles.quiet}>
              {one.byName === null
                ? formatInstant(one.at, telling)
                : t('processes.byWhom', { when: formatInstant(one.at, telling), name: one.byName })}
              {' · '}
              {runningText(one.running, t)}
            </div>
            {may(session, 'operate') && (
              <Button size="xs" variant="default" onClick={() => setAsked(one)}>
                {t(one.suspendedAt === null ? 'processes.suspend' : 'processes.resume')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Modal>
  );
}
