import type { NotificationList } from '#contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';
import { write } from './write.ts';

const REFRESH_MS = 30_000;

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) => request<NotificationList>('/api/notifications', { signal }),
  refetchInterval: REFRESH_MS,
});

/** Marks these as read; those that arrive meanwhile stay unread. */
export function markRead(notificationKeys: readonly string[]): Promise<unknown> {
  return write({ method: 'POST', path: '/api/notifications/read', body: { notificationKeys } });
}
