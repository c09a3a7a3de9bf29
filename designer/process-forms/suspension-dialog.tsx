import type { ProcessVersion } from '#contract';
import { Button, Checkbox, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { suspendVersion } from '../api/processes.ts';
import { toastDone, toastProblem } from '../ui/toast.tsx';
import styles from './dialog.module.css';

interface SuspensionDialogProps {
  readonly version: ProcessVersion;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

/** Stops a version from starting cases, or lets it; says what that means, and asks about the cases that run. */
export function SuspensionDialog({ version, onDone, onClose }: SuspensionDialogProps) {
  const { t } = useTranslation();
  const { processDefinitionKey, running, suspendedAt } = version;
  const suspends = suspendedAt === null;
  const verb = suspends ? 'suspend' : 'resume';
  const [withInstances, setWithInstances] = useState(false);
  const order = useMutation({
    mutationFn: () => suspendVersion(processDefinitionKey, { suspended: suspends, withInstances }),
    onSuccess: async ({ batchOperationKey }) => {
      const said = t(suspends ? 'processes.suspendedNow' : 'processes.resumedNow', { version: version.version });
      toastDone(said, batchOperationKey === null ? undefined : t('processes.casesFollow'));
      onClose();
      await onDone();
    },
    onError: toastProblem,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`processes.${verb}Title`, { version: version.version })}
      closeButtonProps={{ 'aria-label': t('processes.close') }}
    >
      <div className={styles.body}>
        <p className={styles.lead}>{t(`processes.${verb}Lead`)}</p>
        {running > 0 && (
          <div>
            <Checkbox
              label={t('processes.withCases', { count: running })}
              checked={withInstances}
              onChange={(event) => setWithInstances(event.currentTarget.checked)}
            />
            <p className={styles.hint}>{t(`processes.${verb}CasesHint`)}</p>
          </div>
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t('processes.cancel')}
          </Button>
          <Button data-autofocus loading={order.isPending} onClick={() => order.mutate()}>
            {t(`processes.${verb}`)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
