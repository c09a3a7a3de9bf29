import type { Effect, Key } from '#engine';
import { readCaseHeading } from '../cases/case-heading.ts';
import { readerOf, type Database } from '../database/connect.ts';
import type { OutboxHandler } from '../worker/deliver-outbox.ts';
import type { Notifications } from './notifications.ts';

type DeadlineEffect = Extract<Effect, { kind: 'notifyDeadline' }> & { readonly fromRootProcessInstanceKey: Key };

/** Tells the people of a task that its deadline is near or has passed. The outbox id makes a repeated row one notice. */
export function deadlineNotice(deps: {
  readonly database: Database;
  readonly notifications: Notifications;
}): OutboxHandler {
  return async ({ payload, outboxId, right }) => {
    const { reason, taskName, users, groups, userTaskKey, fromRootProcessInstanceKey } = payload as DeadlineEffect;
    const { number, title } = await readCaseHeading(readerOf(deps.database), fromRootProcessInstanceKey);
    const subject = [number, title].filter((part) => part !== null && part !== '').join(', ');
    const about = subject === '' ? '' : ` — ${subject}`;
    await deps.notifications.notify({
      to: [...users, ...groups],
      text: reason === 'warned' ? `Скоро срок: «${taskName}»${about}` : `Срок прошёл: «${taskName}»${about}`,
      caseKey: fromRootProcessInstanceKey,
      userTaskKey,
      source: `outbox:${outboxId}`,
      right,
    });
  };
}
