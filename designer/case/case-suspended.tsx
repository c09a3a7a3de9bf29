import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resumeCase } from '../api/cases.ts';
import { may, sessionQuery } from '../api/session.ts';
import { formatInstant } from '../format/instant.ts';
import { toastDone, toastProblem } from '../ui/toast.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './case-suspended.module.css';

/** Says that an operator has the case stand still, and lets one let it go on. */
export function CaseSuspended({ caseKey, since }: { readonly caseKey: string; readonly since: string }) {
  const { t } = useTranslation();
  const telling = useTelling();
  const client = useQueryClient();
  const session = useQuery(sessionQuery).data;
  const [asking, { open, close }] = useDisclosure(false);
  const resume = useMutation({
    mutationFn: () => resumeCase(caseKey),
    onSuccess: async () => {
      close();
      toastDone(t('case.resumed'));
      await client.invalidateQueries({ queryKey: ['case', caseKey] });
    },
    onError: toastProblem,
  });
  return (
    <section className={styles.banner} role="status">
      <IconPlayerPause size={20} className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <p className={styles.title}>{t('case.suspended')}</p>
        <p className={styles.lead}>{t('case.suspendedLead', { when: formatInstant(since, telling) })}</p>
      </div>
      {may(session, 'operate') && (
        <Button variant="default" className={styles.action} onClick={open}>
          {t('case.resume')}
        </Button>
      )}
      <Modal opened={asking} onClose={close} title={t('case.resumeTitle')} centered>
        <p>{t('case.resumeLead')}</p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t('case.stay')}
          </Button>
          <Button loading={resume.isPending} onClick={() => resume.mutate()}>
            {t('case.resume')}
          </Button>
        </Group>
      </Modal>
    </section>
  );
}
