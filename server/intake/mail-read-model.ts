import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows } from '../database/write-rows.ts';

export const mailTable = defineTable('mail', {
  columns: {
    bucket: 'smallint',
    mail_key: 'key',
    case_key: 'key?',
    direction: 'text',
    message_id: 'text',
    outcome: 'text',
    reason: 'text?',
    sender_name: 'text',
    sender_address: 'text',
    recipients: 'text',
    subject: 'text',
    body: 'text',
    full_body: 'text',
    raw_sha256: 'text?',
    happened_at: 'time',
  },
  primaryKey: ['bucket', 'mail_key'],
});

export type MailRow = RowOf<typeof mailTable>;

/** The stored mail with this Message-ID, incoming or sent by us. */
export async function findMailByMessageId(executor: Executor, messageId: string): Promise<MailRow | null> {
  const rows = await queryRows(executor, 'SELECT * FROM mail WHERE message_id = ? LIMIT 1', [messageId]);
  return decodeRows(mailTable, rows)[0] ?? null;
}

/** The case that the newest known of these messages belongs to. */
export async function findCaseByMessageIds(executor: Executor, messageIds: readonly string[]): Promise<Key | null> {
  if (messageIds.length === 0) return null;
  const [row] = await queryRows<{ case_key: Key }>(
    executor,
    `SELECT case_key FROM mail WHERE message_id IN (${executor.dialect.listFromJson('text')}) AND case_key IS NOT NULL
     ORDER BY happened_at DESC LIMIT 1`,
    [JSON.stringify(messageIds)],
  );
  return row?.case_key ?? null;
}

/** The case with one of these numbers, the first one that exists. */
export async function findCaseByNumber(executor: Executor, numbers: readonly string[]): Promise<Key | null> {
  for (const number of numbers) {
    const [row] = await queryRows<{ root: Key }>(
      executor,
      `SELECT root_process_instance_key AS root FROM process_instance WHERE case_number = ? LIMIT 1`,
      [number],
    );
    if (row !== undefined) return row.root;
  }
  return null;
}

export async function findCaseNumber(executor: Executor, caseKey: Key): Promise<string | null> {
  const [row] = await queryRows<{ case_number: string | null }>(
    executor,
    'SELECT case_number FROM process_instance WHERE bucket = ? AND process_instance_key = ?',
    [bucketOf(caseKey), caseKey],
  );
  return row?.case_number ?? null;
}

/** Mail of a case, oldest first. */
export async function findMails(executor: Executor, caseKey: Key): Promise<readonly MailRow[]> {
  const rows = await queryRows(
    executor,
    `SELECT * FROM mail
     WHERE bucket = ? AND case_key = ? ORDER BY happened_at, mail_key LIMIT 1000`,
    [bucketOf(caseKey), caseKey],
  );
  return decodeRows(mailTable, rows);
}
