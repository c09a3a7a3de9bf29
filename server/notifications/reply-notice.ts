import { bucketOf, type Key } from '#engine';
import { readCaseHeading } from '../cases/case-heading.ts';
import { queryRows, readerOf, type Database, type Executor } from '../database/connect.ts';
import type { OutboxHandler } from '../worker/deliver-outbox.ts';
import type { Notifications } from './notifications.ts';

/** Outbox kind: a client has answered. */
export const REPLY_NOTICE = 'notifyReply';

interface Reply {
  readonly from: string;
  readonly subject: string;
  readonly fromRootProcessInstanceKey: Key;
}

/** Tells whoever holds an open task of the case, or may take it, that the client has written. */
export function replyNotice(deps: {
  readonly database: Database;
  readonly notifications: Notifications;
}): OutboxHandler {
  return async ({ payload, outboxId, right }) => {
    const { from, subject, fromRootProcessInstanceKey: caseKey } = payload as Reply;
    const reader = readerOf(deps.database);
    const { number } = await readCaseHeading(reader, caseKey);
    await deps.notifications.notify({
      to: await findHolders(reader, caseKey),
      text: `Клиент ответил${number === null ? '' : ` по делу ${number}`}: ${from}, «${subject}»`,
      caseKey,
      userTaskKey: null,
      source: `outbox:${outboxId}`,
      right,
    });
  };
}

/** Logins of assignees, and groups and people that may take the tasks nobody holds. */
async function findHolders(reader: Executor, caseKey: Key): Promise<readonly string[]> {
  const rows = await queryRows<{ assignee: string | null; candidate: string | null }>(
    reader,
    `SELECT t.assignee, c.name AS candidate
     FROM user_task t
     LEFT JOIN user_task_candidate c ON c.bucket = t.bucket AND c.user_task_key = t.user_task_key AND t.assignee IS NULL
     WHERE t.bucket = ? AND t.root_process_instance_key = ? AND t.state = ?`,
    [bucketOf(caseKey), caseKey, 'CREATED'],
  );
  const names = rows.flatMap(({ assignee, candidate }) => [assignee, candidate]);
  return [...new Set(names.filter((name) => name !== null))];
}
