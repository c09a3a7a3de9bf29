import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { ApiProblem } from '../api/api-problem.ts';
import { problemText } from '../api/problem-text.ts';
import { currentLanguage, i18n } from '../texts/i18n.ts';

/** A short word of success; it leaves by itself. */
export function toastDone(title: string, message?: string): void {
  notifications.show({
    title,
    message,
    icon: <IconCheck size={16} />,
    color: 'green',
    withBorder: true,
    autoClose: 5000,
    closeButtonProps: { 'aria-label': i18n.t('common.close') },
  });
}

/** A refusal or failure of an action; it stays long enough to read and names the request. */
export function toastProblem(error: unknown): void {
  const t = i18n.t;
  const requestId = error instanceof ApiProblem ? error.requestId : null;
  const lines = [
    problemText(error, currentLanguage()),
    ...(requestId === null ? [] : [t('errors.requestId', { id: requestId })]),
  ];
  notifications.show({
    title: t('errors.actionFailed'),
    message: lines.join('\n'),
    icon: <IconAlertTriangle size={16} />,
    color: 'red',
    withBorder: true,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': t('common.close') },
    classNames: { description: 'r-pre-line' },
  });
}
