import { bucketOf, type JsonValue, type Key } from '#engine';
import type { Transaction } from '../database/transaction.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { outboxTable } from '../runtime/instance-tables.ts';

/** An answer that arrives while its case is just opening the wait for it must not be lost. */
const REPLY_TIME_TO_LIVE = 5 * 60_000;

/** Puts the message that a client has answered into the outbox, to be published after this transaction. */
export async function tellCase(
  tx: Transaction,
  reply: {
    readonly name: string;
    readonly correlationKey: string;
    readonly caseKey: Key;
    readonly mailKey: Key;
    readonly at: number;
    readonly variables: Readonly<Record<string, JsonValue>>;
  },
): Promise<void> {
  const { name, correlationKey, caseKey, mailKey, at, variables } = reply;
  await insertNewRows(tx, outboxTable, [
    {
      bucket: bucketOf(caseKey),
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
      created_at: at,
      available_at: at,
      attempts: 0,
      error_message: null,
    },
  ]);
}
