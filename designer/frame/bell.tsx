import type { NotificationView } from '#contract';
import { ActionIcon, Button, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { markRead, notificationsQuery } from '../api/notifications.ts';
import { formatInstant } from '../format/instant.ts';
import { toastProblem } from '../ui/toast.tsx';
import { useTelling } from '../ui/use-language.ts';
import styles from './top-bar.module.css';

export function Bell() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { data } = useQuery(notificationsQuery);
  const unread = data?.unread ?? 0;
  const read = useMutation({
    mutationFn: markRead,
    onSettled: () => client.invalidateQueries({ queryKey: notificationsQuery.queryKey }),
    onError: toastProblem,
  });
  const unreadKeys = data?.items.filter((item) => !item.read).map((item) => item.notificationKey) ?? [];
  return (
    <Popover opened={opened} onDismiss={close} position="bottom-end" width={360} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size="lg"
          className={styles.bellButton}
          onClick={toggle}
          aria-label={unread > 0 ? t('top.unread', { count: unread }) : t('top.notifications')}
        >
          <IconBell size={20} stroke={1.6} />
          {unread > 0 && <span className={styles.unread}>{unread > 99 ? '99+' : unread}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <section className={styles.notifications} aria-label={t('top.notifications')}>
          <div className={styles.notificationsHead}>
            <h2>{t('top.notifications')}</h2>
            {unreadKeys.length > 0 && (
              <Button
                variant="subtle"
                size="compact-sm"
                loading={read.isPending}
                onClick={() => read.mutate(unreadKeys)}
              >
                {t('top.markRead')}
              </Button>
            )}
          </div>
          {data?.items.length === 0 && <p className={styles.noNotifications}>{t('top.noNotifications')}</p>}
          <ul className={styles.notificationsList}>
            {data?.items.map((item) => (
              <li key={item.notificationKey}>
                <Notification
                  item={item}
                  onOpen={() => {
                    close();
                    if (!item.read) read.mutate([item.notificationKey]);
                  }}
                />
              </li>
            ))}
          </ul>
        </section>
      </Popover.Dropdown>
    </Popover>
  );
}

function Notification({ item, onOpen }: { readonly item: NotificationView; readonly onOpen: () => void }) {
  const telling = useTelling();
  const common = { className: styles.notification, 'data-unread': !item.read || undefined };
  const content = (
    <>
      {item.text}
      <time className={styles.notificationTime} dateTime={item.at}>
        {formatInstant(item.at, telling)}
      </time>
    </>
  );
  if (item.userTaskKey !== null) {
    return (
      <Link {...common} to="/tasks/$userTaskKey" params={{ userTaskKey: item.userTaskKey }} onClick={onOpen}>
        {content}
      </Link>
    );
  }
  if (item.caseKey !== null) {
    return (
      <Link {...common} to="/cases/$caseKey" params={{ caseKey: item.caseKey }} onClick={onOpen}>
        {content}
      </Link>
    );
  }
  return <div {...common}>{content}</div>;
}
