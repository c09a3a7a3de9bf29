import { bucketOf, type JsonValue, type Key } from '#engine';
import type { Transaction } from '../database/transaction.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { REPLY_NOTICE } from '../notifications/reply-notice.ts';
import { outboxTable } from '../runtime/instance-tables.ts';

/** An answer that arrives while its case is just opening the wait for it must not be lost. */
const REPLY_TIME_TO_LIVE = 5 * 60_000;

/**
 * Puts into the outbox that a client has answered, to be acted on after this transaction: the message for the process,
 * and a notice for whoever works on the case, since a process that waits for nobody would leave the answer unread.
 */
export async function tellCase(
  tx: Transaction,
  reply: {
    readonly name: string;
    readonly correlationKey: string;
    readonly caseKey: Key;
    readonly mailKey: Key;
    readonly at: number;
    readonly from: string;
    readonly subject: string;
    readonly variables: Readonly<Record<string, JsonValue>>;
  },
): Promise<void> {
  const { name, correlationKey, caseKey, mailKey, at, variables, from, subject } = reply;
  const row = { bucket: bucketOf(caseKey), created_at: at, available_at: at, attempts: 0, error_message: null };
  await insertNewRows(tx, outboxTable, [
    {
      ...row,
      outbox_id: `mail:${mailKey}`,
      kind: 'publishMessage',
      payload: {
        kind: 'publishMessage',
        messageId: `mail:${mailKey}`,
        name,
        correlationKey,
        timeToLive: REPLY_TIME_TO_LIVE,
        variables,
        fromProcessInstanceKey: caseKey,
        fromRootProcessInstanceKey: caseKey,
      },
    },
    {
      ...row,
      outbox_id: `reply-notice:${mailKey}`,
      kind: REPLY_NOTICE,
      payload: { from, subject, fromProcessInstanceKey: caseKey, fromRootProcessInstanceKey: caseKey },
    },
  ]);
}
