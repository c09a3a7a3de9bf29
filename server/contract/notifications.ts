import { Type, type Static } from '@sinclair/typebox';
import { Instant, KeyText } from './common.ts';

export const NotificationView = Type.Object({
  notificationKey: KeyText,
  text: Type.String(),
  at: Instant,
  read: Type.Boolean(),
  caseKey: Type.Union([KeyText, Type.Null()]),
  userTaskKey: Type.Union([KeyText, Type.Null()]),
});
export type NotificationView = Static<typeof NotificationView>;
export const NotificationList = Type.Object({ items: Type.Array(NotificationView), unread: Type.Integer() });
export type NotificationList = Static<typeof NotificationList>;
