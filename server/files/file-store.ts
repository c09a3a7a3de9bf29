import type { Key } from '#engine';
import type { FileReference } from '#contract';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows, insertRows } from '../database/write-rows.ts';

export const storedFileTable = defineTable('stored_file', {
  columns: {
    bucket: 'smallint',
    file_key: 'key',
    case_key: 'key?',
    user_task_key: 'key?',
    field: 'text?',
    mail_key: 'key?',
    source: 'text',
    name: 'text',
    mime_type: 'text',
    size: 'integer',
    sha256: 'text',
    created_by: 'text',
    created_at: 'time',
    referenced_at: 'time?',
  },
  primaryKey: ['bucket', 'file_key'],
});

export type StoredFile = RowOf<typeof storedFileTable>;

export async function insertFiles(tx: Executor, files: readonly StoredFile[]): Promise<void> {
  await insertRows(tx, storedFileTable, files);
}

export async function findFile(executor: Executor, place: { readonly bucket: number; readonly fileKey: Key }): Promise<StoredFile | null> {
  const rows = await queryRows(executor, 'SELECT * FROM stored_file WHERE bucket = ? AND file_key = ?', [
    place.bucket,
    place.fileKey,
  ]);
  return decodeRows(storedFileTable, rows)[0] ?? null;
}

/** Files of a case that something refers to, oldest first. Uploads of a form nobody completed are left out. */
export async function findCaseFiles(
  executor: Executor,
  place: { readonly bucket: number; readonly caseKey: Key },
): Promise<readonly StoredFile[]> {
  const rows = await queryRows(
    executor,
    `SELECT * FROM stored_file WHERE bucket = ? AND case_key = ? AND referenced_at IS NOT NULL
     ORDER BY created_at, file_key LIMIT 1000`,
    [place.bucket, place.caseKey],
  );
  return decodeRows(storedFileTable, rows);
}

/** Files by key; those that do not exist are simply not in the answer. */
export async function findFilesByKey(
  executor: Executor,
  place: { readonly bucket: number; readonly fileKeys: readonly Key[] },
): Promise<readonly StoredFile[]> {
  if (place.fileKeys.length === 0) return [];
  const rows = await queryRows(
    executor,
    `SELECT * FROM stored_file WHERE bucket = ? AND file_key IN (${executor.dialect.listFromJson('key')})`,
    [place.bucket, JSON.stringify(place.fileKeys)],
  );
  return decodeRows(storedFileTable, rows);
}

/** From now on the file belongs to the case for good. */
export async function markReferenced(
  tx: Executor,
  mark: { readonly bucket: number; readonly fileKeys: readonly Key[]; readonly now: number },
): Promise<void> {
  if (mark.fileKeys.length === 0) return;
  await queryRows(
    tx,
    `UPDATE stored_file SET referenced_at = ?
     WHERE bucket = ? AND referenced_at IS NULL AND file_key IN (${tx.dialect.listFromJson('key')})`,
    [mark.now, mark.bucket, JSON.stringify(mark.fileKeys)],
  );
}

/** Bytes that one person has uploaded and nothing refers to yet. */
export async function unreferencedBytes(executor: Executor, username: string): Promise<number> {
  const [row] = await queryRows<{ bytes: number | string | null }>(
    executor,
    'SELECT sum(size) AS bytes FROM stored_file WHERE referenced_at IS NULL AND created_by = ?',
    [username],
  );
  return Number(row?.bytes ?? 0);
}

/** Uploads older than `before` that nothing refers to. */
export async function findUnreferenced(
  executor: Executor,
  query: { readonly before: number; readonly limit: number },
): Promise<readonly StoredFile[]> {
  const rows = await queryRows(
    executor,
    'SELECT * FROM stored_file WHERE referenced_at IS NULL AND created_at < ? ORDER BY created_at LIMIT ?',
    [query.before, query.limit],
  );
  return decodeRows(storedFileTable, rows);
}

/** Deletes the row if still nothing refers to the file. @returns false when it is referred to by now */
export async function deleteUnreferenced(tx: Executor, file: StoredFile): Promise<boolean> {
  const rows = await queryRows(
    tx,
    'DELETE FROM stored_file WHERE bucket = ? AND file_key = ? AND referenced_at IS NULL RETURNING file_key',
    [file.bucket, file.file_key],
  );
  return rows.length > 0;
}

/** True while a file, a document or a stored mail has this content. */
export async function isContentUsed(executor: Executor, sha256: string): Promise<boolean> {
  const rows = await queryRows(
    executor,
    `SELECT 1 AS one FROM stored_file WHERE sha256 = ?
     UNION ALL SELECT 1 FROM document WHERE html_sha256 = ? OR pdf_sha256 = ?
     UNION ALL SELECT 1 FROM mail WHERE raw_sha256 = ? LIMIT 1`,
    [sha256, sha256, sha256, sha256],
  );
  return rows.length > 0;
}

export function referenceTo(file: StoredFile): FileReference {
  return {
    fileKey: String(file.file_key),
    name: file.name,
    mimeType: file.mime_type,
    size: file.size,
    sha256: file.sha256,
  };
}
