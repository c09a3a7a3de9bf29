import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows, insertNewRows, insertRows } from '../database/write-rows.ts';
import { mailTable, type MailRow } from './mail-read-model.ts';

const receiptTable = defineTable('mail_receipt', {
  columns: { bucket: 'smallint', message_id: 'text', mail_key: 'key', case_key: 'key?', case_number: 'text?' },
  primaryKey: ['bucket', 'message_id'],
});

export type MailReceipt = RowOf<typeof receiptTable>;

export async function insertMail(tx: Executor, row: MailRow): Promise<void> {
  await insertRows(tx, mailTable, [row]);
}

/** Claims a Message-ID within its bucket. @returns null when claimed now, else what was claimed before */
export async function claimReceipt(tx: Executor, receipt: MailReceipt): Promise<MailReceipt | null> {
  const claimed = await insertNewRows(tx, receiptTable, [receipt]);
  if (claimed.length > 0) return null;
  const rows = await queryRows(tx, 'SELECT * FROM mail_receipt WHERE bucket = ? AND message_id = ?', [
    receipt.bucket,
    receipt.message_id,
  ]);
  return decodeRows(receiptTable, rows)[0]!;
}

export async function setReceiptNumber(tx: Executor, receipt: MailReceipt): Promise<void> {
  await queryRows(tx, 'UPDATE mail_receipt SET case_number = ? WHERE bucket = ? AND message_id = ?', [
    receipt.case_number,
    receipt.bucket,
    receipt.message_id,
  ]);
}
