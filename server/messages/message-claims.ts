import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { insertNewRows } from '../database/write-rows.ts';
import type { Rights } from '../nodes/rights.ts';
import { MESSAGE_COLUMNS, messageOf, type Message, type MessageColumns } from './message-store.ts';

const correlationTable = defineTable('message_correlation', {
  columns: {
    bucket: 'smallint',
    message_key: 'key',
    process_id: 'text',
    process_instance_key: 'key',
    subscription_key: 'key?',
    process_definition_key: 'key?',
    element_id: 'text?',
    element_instance_key: 'key?',
    start_subscription_key: 'key?',
    definition_index: 'integer',
    by_conversation: 'boolean',
    done: 'boolean',
    claimed_at: 'time',
  },
  primaryKey: ['bucket', 'message_key', 'process_id'],
});

/** Who gets a message: an open subscription, or a process that the message starts. */
export type Receiver = {
  readonly processId: string;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly elementId: string;
} & (
  | { readonly kind: 'subscription'; readonly subscriptionKey: Key; readonly elementInstanceKey: Key }
  | {
      readonly kind: 'start';
      readonly startSubscriptionKey: Key;
      readonly definitionIndex: number;
      /** The instance joins the conversation whose key the message carries. */
      readonly byConversation: boolean;
    }
);

/** Claims a message for a process; false when another receiver of that process has it. */
export async function claimFor(tx: Executor, message: Message, receiver: Receiver, now: number): Promise<boolean> {
  const row: RowOf<typeof correlationTable> = {
    bucket: bucketOf(message.messageKey),
    message_key: message.messageKey,
    process_id: receiver.processId,
    process_instance_key: receiver.processInstanceKey,
    subscription_key: receiver.kind === 'subscription' ? receiver.subscriptionKey : null,
    start_subscription_key: receiver.kind === 'start' ? receiver.startSubscriptionKey : null,
    process_definition_key: receiver.processDefinitionKey,
    element_id: receiver.elementId,
    element_instance_key: receiver.kind === 'subscription' ? receiver.elementInstanceKey : null,
    definition_index: receiver.kind === 'start' ? receiver.definitionIndex : 0,
    by_conversation: receiver.kind === 'start' && receiver.byConversation,
    done: false,
    claimed_at: now,
  };
  return (await insertNewRows(tx, correlationTable, [row])).length > 0;
}

/** A delivered message is remembered with its receiver after it is forgotten itself; a refused one may go to another. */
export async function settleClaim(
  tx: Executor,
  { messageKey, name, correlationKey }: Message,
  {
    receiver,
    outcome,
    now,
  }: { readonly receiver: Receiver; readonly outcome: 'delivered' | 'refused'; readonly now: number },
): Promise<void> {
  const claim = [bucketOf(messageKey), messageKey, receiver.processId];
  const ofClaim = 'WHERE bucket = ? AND message_key = ? AND process_id = ?';
  if (outcome === 'refused') {
    // By now the message may have gone to another receiver: whoever was slow must not free that one's claim.
    const subscriptionKey = receiver.kind === 'subscription' ? receiver.subscriptionKey : receiver.startSubscriptionKey;
    await queryRows(
      tx,
      `DELETE FROM message_correlation ${ofClaim} AND done = FALSE AND process_instance_key = ?
         AND COALESCE(subscription_key, start_subscription_key, ?) = ?`,
      [...claim, receiver.processInstanceKey, subscriptionKey, subscriptionKey],
    );
    return;
  }
  await queryRows(tx, `UPDATE message_correlation SET done = TRUE ${ofClaim}`, claim);
  // Claims made before there was this table do not know all of it.
  await queryRows(
    tx,
    `INSERT INTO correlated_subscription (bucket, message_key, process_id, process_instance_key, process_definition_key,
       subscription_key, element_id, element_instance_key, message_name, correlation_key, correlated_at)
     SELECT bucket, message_key, process_id, process_instance_key, process_definition_key,
       COALESCE(subscription_key, start_subscription_key), element_id, element_instance_key,
       CAST(? AS text), CAST(? AS text), CAST(? AS ${tx.dialect.columnType('time')})
     FROM message_correlation ${ofClaim} AND element_id IS NOT NULL
       AND COALESCE(subscription_key, start_subscription_key) IS NOT NULL
     ON CONFLICT (bucket, message_key, subscription_key) DO NOTHING`,
    [name, correlationKey, now, ...claim],
  );
}

/** Claims whose delivery a crash interrupted. */
export async function findPending(
  executor: Executor,
  { before, limit, rights }: { readonly before: number; readonly limit: number; readonly rights: Rights },
): Promise<readonly { readonly message: Message; readonly receiver: Receiver }[]> {
  const rows = await queryRows<MessageColumns & RowOf<typeof correlationTable>>(
    executor,
    `SELECT ${MESSAGE_COLUMNS}, c.process_id, c.process_instance_key, c.subscription_key, c.start_subscription_key,
       c.process_definition_key, c.element_id, c.element_instance_key, c.definition_index, c.by_conversation
     FROM message_correlation c JOIN message m ON m.bucket = c.bucket AND m.message_key = c.message_key
     WHERE c.done = FALSE AND c.claimed_at <= ?${rights.within('c.bucket')} ORDER BY c.claimed_at LIMIT ?`,
    [before, ...rights.parameters, limit],
  );
  return rows.map((row) => {
    const target = {
      processId: row.process_id,
      processInstanceKey: row.process_instance_key,
      processDefinitionKey: row.process_definition_key!,
      elementId: row.element_id!,
    };
    const { subscription_key: subscriptionKey } = row;
    return {
      message: messageOf(row),
      receiver:
        subscriptionKey !== null
          ? { ...target, kind: 'subscription', subscriptionKey, elementInstanceKey: row.element_instance_key! }
          : {
              ...target,
              kind: 'start',
              startSubscriptionKey: row.start_subscription_key!,
              definitionIndex: row.definition_index,
              byConversation: Boolean(row.by_conversation),
            },
    };
  });
}
