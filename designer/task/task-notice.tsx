import type { TaskDetail } from '#contract';
import { Alert, Button } from '@mantine/core';
import { IconArrowRight, IconInfoCircle, IconUserCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Why this form cannot be filled now, said before anybody tries. */
export function TaskNotice({ detail, mine }: { readonly detail: TaskDetail; readonly mine: boolean }) {
  const { t } = useTranslation();
  const { task, canWork, form } = detail;
  const name = task.assigneeName ?? task.assignee;
  if (task.state !== 'CREATED') {
    const done = name === null ? t('task.ended') : t('task.endedBy', { name });
    return (
      <Alert
        variant="light"
        color="yellow"
        icon={<IconUserCheck size={18} />}
        title={task.state === 'CANCELED' ? t('task.canceled') : done}
        role="status"
      >
        <p>{t('task.endedLead')}</p>
        <Button
          component={Link}
          to="/cases/$caseKey"
          params={{ caseKey: task.caseKey } as never}
          variant="default"
          size="xs"
          mt={8}
          rightSection={<IconArrowRight size={14} />}
        >
          {t('task.openCase')}
        </Button>
      </Alert>
    );
  }
  if (mine || (name === null && canWork && form === null)) return null;
  const text = name !== null ? t('task.readOnly', { name }) : canWork ? t('task.takeFirst') : t('task.notYours');
  return (
    <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} />} role="status">
      {text}
    </Alert>
  );
}
