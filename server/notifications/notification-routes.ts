import { Type } from '@sinclair/typebox';
import { KeyText, NotificationList } from '#contract';
import type { Database } from '../database/connect.ts';
import { bucketForText } from '../database/key-source.ts';
import { inTransaction } from '../database/transaction.ts';
import { keyOf } from '../http/key-text.ts';
import { noContent, ok } from '../http/reply.ts';
import { runOnce } from '../http/request-command.ts';
import { route, type Route } from '../http/route.ts';
import type { Notifications } from './notifications.ts';

export interface NotificationRoutesDeps {
  readonly database: Database;
  readonly notifications: Notifications;
  readonly now: () => number;
}

const MarkRead = Type.Object(
  { notificationKeys: Type.Array(KeyText, { maxItems: 200 }) },
  { additionalProperties: false },
);

export function notificationRoutes({ database, notifications, now }: NotificationRoutesDeps): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/notifications',
      summary: { ru: 'Мои уведомления', en: 'My notifications' },
      access: 'signed-in',
      outsiders: true,
      response: { status: 200, description: 'The newest first', schema: NotificationList },
      handler: async ({ principal }) => ok(await notifications.list(principal.username)),
    }),
    route({
      method: 'post',
      path: '/api/notifications/read',
      summary: { ru: 'Отметить прочитанными', en: 'Mark as read' },
      access: 'signed-in',
      outsiders: true,
      body: { kind: 'json', schema: MarkRead },
      response: { status: 204, description: 'Marked' },
      handler: async ({ principal: { username }, body, command }) => {
        await inTransaction(database, (tx) =>
          runOnce(tx, { command, bucket: bucketForText(username), now: now() }, async () => {
            await notifications.markRead(tx, { username, keys: body.notificationKeys.map(keyOf), now: now() });
            return null;
          }),
        );
        return noContent();
      },
    }),
  ];
}
