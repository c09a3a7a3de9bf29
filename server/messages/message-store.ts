import { bucketOf, type Key, type VariableMap } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import type { Rights } from '../nodes/rights.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { insertRows } from '../database/write-rows.ts';

const messageTable = defineTable('message', {
  columns: {
    bucket: 'smallint',
    message_key: 'key',
    name: 'text',
    correlation_key: 'text',
    message_id: 'text?',
    variables: 'json',
    published_at: 'time',
    expires_at: 'time',
    published_by: 'text?',
    matched: 'boolean',
  },
  primaryKey: ['bucket', 'message_key'],
});

export interface Message {
  readonly messageKey: Key;
  readonly name: string;
  readonly correlationKey: string;
  readonly variables: VariableMap;
}

export interface Waiting {
  readonly processId: string;
  readonly processInstanceKey: Key;
  readonly subscriptionKey: Key;
  readonly processDefinitionKey: Key;
  readonly elementId: string;
  readonly elementInstanceKey: Key;
}

export interface Starting {
  readonly processId: string;
  readonly startSubscriptionKey: Key;
  readonly processDefinitionKey: Key;
  readonly elementId: string;
  readonly definitionIndex: number;
  readonly byConversation: boolean;
}

export interface MessageColumns {
  readonly message_key: Key;
  readonly name: string;
  readonly correlation_key: string;
  readonly variables: string;
}

export const MESSAGE_COLUMNS = 'm.message_key, m.name, m.correlation_key, m.variables';
/** No process has it twice: the claim is made before the delivery. */
const NOT_CLAIMED = `NOT EXISTS (SELECT 1 FROM message_correlation c
  WHERE c.bucket = m.bucket AND c.message_key = m.message_key AND c.process_id = w.process_id)`;

export async function insertMessage(
  tx: Executor,
  message: Message & {
    readonly messageId: string | null;
    readonly publishedAt: number;
    readonly expiresAt: number;
    readonly by: string | null;
  },
): Promise<void> {
  const row: RowOf<typeof messageTable> = {
    bucket: bucketOf(message.messageKey),
    message_key: message.messageKey,
    name: message.name,
    correlation_key: message.correlationKey,
    message_id: message.messageId,
    variables: message.variables,
    published_at: message.publishedAt,
    expires_at: message.expiresAt,
    published_by: message.by,
    matched: false,
  };
  await insertRows(tx, messageTable, [row]);
}

export async function markMatched(tx: Executor, messageKey: Key): Promise<void> {
  await queryRows(tx, 'UPDATE message SET matched = TRUE WHERE bucket = ? AND message_key = ?', [
    bucketOf(messageKey),
    messageKey,
  ]);
}

/** Open subscriptions for a message, the longest waiting first, in processes that have not had it. */
export async function findWaiting(executor: Executor, message: Message): Promise<readonly Waiting[]> {
  const rows = await queryRows<{
    process_id: string;
    process_instance_key: Key;
    subscription_key: Key;
    process_definition_key: Key;
    element_id: string;
    element_instance_key: Key;
  }>(
    executor,
    `SELECT w.process_id, w.process_instance_key, w.subscription_key, w.process_definition_key, w.element_id,
       w.element_instance_key FROM message m
     JOIN message_subscription w ON w.message_name = m.name AND w.correlation_key = m.correlation_key
       AND w.suspended = FALSE
     WHERE m.bucket = ? AND m.message_key = ? AND ${NOT_CLAIMED}
     ORDER BY w.opened_at, w.subscription_key`,
    [bucketOf(message.messageKey), message.messageKey],
  );
  return rows.map((row) => ({
    processId: row.process_id,
    processInstanceKey: row.process_instance_key,
    subscriptionKey: row.subscription_key,
    processDefinitionKey: row.process_definition_key,
    elementId: row.element_id,
    elementInstanceKey: row.element_instance_key,
  }));
}

/** Latest versions that the message starts, of processes that have not had it. */
export async function findStarting(executor: Executor, message: Message): Promise<readonly Starting[]> {
  const rows = await queryRows<{
    process_id: string;
    process_definition_key: Key;
    subscription_key: Key;
    element_id: string;
    definition_index: number;
    by_conversation: boolean | number;
  }>(
    executor,
    `SELECT w.process_id, w.subscription_key, w.process_definition_key, w.element_id, w.definition_index, w.by_conversation
     FROM message m
     JOIN start_subscription w ON w.message_name = m.name AND w.suspended = FALSE
     WHERE m.bucket = ? AND m.message_key = ? AND ${NOT_CLAIMED}
     ORDER BY w.process_id, w.subscription_key`,
    [bucketOf(message.messageKey), message.messageKey],
  );
  return rows.map((row) => ({
    processId: row.process_id,
    startSubscriptionKey: row.subscription_key,
    processDefinitionKey: row.process_definition_key,
    elementId: row.element_id,
    definitionIndex: row.definition_index,
    byConversation: Boolean(row.by_conversation),
  }));
}

/** Buffered messages that somebody waits for by now, in publish order. */
export async function findDeliverable(
  executor: Executor,
  { now, limit, rights }: { readonly now: number; readonly limit: number; readonly rights: Rights },
): Promise<readonly Message[]> {
  const rows = await queryRows<MessageColumns>(
    executor,
    `SELECT ${MESSAGE_COLUMNS} FROM message m WHERE m.expires_at > ?${rights.within('m.bucket')} AND (
       EXISTS (SELECT 1 FROM message_subscription w
               WHERE w.message_name = m.name AND w.correlation_key = m.correlation_key AND w.suspended = FALSE
                 AND ${NOT_CLAIMED})
       OR EXISTS (SELECT 1 FROM start_subscription w WHERE w.message_name = m.name AND w.suspended = FALSE AND ${NOT_CLAIMED}
                  AND NOT EXISTS (SELECT 1 FROM reservation r WHERE m.correlation_key <> ''
                    AND r.scope = 'message-start:' || w.process_id || ':' || m.name AND r.reservation_key = m.correlation_key)))
     ORDER BY m.published_at, m.message_key LIMIT ?`,
    [now, ...rights.parameters, limit],
  );
  return rows.map(messageOf);
}

/** Messages whose publisher died before it looked for receivers. */
export async function findUnmatched(
  executor: Executor,
  { before, limit, rights }: { readonly before: number; readonly limit: number; readonly rights: Rights },
): Promise<readonly Message[]> {
  const rows = await queryRows<MessageColumns>(
    executor,
    `SELECT ${MESSAGE_COLUMNS} FROM message m WHERE m.matched = FALSE AND m.published_at <= ?${rights.within('m.bucket')}
     ORDER BY m.published_at, m.message_key LIMIT ?`,
    [before, ...rights.parameters, limit],
  );
  return rows.map(messageOf);
}

/** Forgets messages past their time, except those that are just being delivered. */
export async function deleteExpired(
  tx: Executor,
  { now, limit, rights }: { readonly now: number; readonly limit: number; readonly rights: Rights },
): Promise<readonly { readonly bucket: number }[]> {
  const rows = await queryRows<{ bucket: number; message_key: Key }>(
    tx,
    `DELETE FROM message WHERE (bucket, message_key) IN (
       SELECT m.bucket, m.message_key FROM message m
       WHERE m.expires_at <= ?${rights.within('m.bucket')} AND m.matched = TRUE AND NOT EXISTS (
         SELECT 1 FROM message_correlation c WHERE c.bucket = m.bucket AND c.message_key = m.message_key AND c.done = FALSE)
       ORDER BY m.expires_at LIMIT ?) RETURNING bucket, message_key`,
    [now, ...rights.parameters, limit],
  );
  if (rows.length === 0) return [];
  const gone = tx.dialect.rowsFromJson({ columns: { bucket: 'smallint', message_key: 'key' } }, 'r', rows.length);
  await queryRows(
    tx,
    `DELETE FROM message_correlation WHERE (bucket, message_key) IN (SELECT r.bucket, r.message_key FROM ${gone})`,
    [JSON.stringify(rows)],
  );
  return rows;
}

export function messageOf(row: MessageColumns): Message {
  return {
    messageKey: row.message_key,
    name: row.name,
    correlationKey: row.correlation_key,
    variables: JSON.parse(row.variables) as VariableMap,
  };
}
