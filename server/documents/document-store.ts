import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { decodeRows, insertRows } from '../database/write-rows.ts';
import { documentTable, type DocumentRow } from './document-read-model.ts';

export async function insertDocument(tx: Executor, row: DocumentRow): Promise<void> {
  await insertRows(tx, documentTable, [row]);
}

export async function findDocumentOfJob(executor: Executor, jobKey: Key): Promise<DocumentRow | null> {
  const rows = await queryRows(executor, 'SELECT * FROM document WHERE bucket = ? AND job_key = ?', [
    bucketOf(jobKey),
    jobKey,
  ]);
  return decodeRows(documentTable, rows)[0] ?? null;
}
