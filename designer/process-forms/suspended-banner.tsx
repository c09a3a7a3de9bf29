import type { ProcessDesign } from '#contract';
import { Button } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, sessionQuery } from '../api/session.ts';
import { formatInstant } from '../format/instant.ts';
import frame from '../ui/editor-frame.module.css';
import { useTelling } from '../ui/use-language.ts';
import { SuspensionDialog } from './suspension-dialog.tsx';

interface SuspendedBannerProps {
  readonly design: ProcessDesign;
  readonly onDone: () => Promise<void>;
}

/** Says that the latest version starts nothing, and lets an operator end that. */
export function SuspendedBanner({ design, onDone }: SuspendedBannerProps) {
  const { t } = useTranslation();
  const telling = useTelling();
  const session = useQuery(sessionQuery).data;
  const [asking, setAsking] = useState(false);
  const [latest] = design.versions;
  return (
    <>
      {latest !== undefined && latest.suspendedAt !== null && (
        <section className={frame.notice} role="status">
          <IconPlayerPause size={20} aria-hidden />
          <div>
            <strong>
              {t('processes.suspendedBanner', {
                version: latest.version,
                when: formatInstant(latest.suspendedAt, telling),
              })}
            </strong>
            <div>{t('processes.suspendedBannerLead')}</div>
          </div>
          {may(session, 'operate') && (
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {t('processes.resume')}
            </Button>
          )}
        </section>
      )}
      {asking && latest && <SuspensionDialog version={latest} onDone={onDone} onClose={() => setAsking(false)} />}
    </>
  );
}
