import type { Key } from '#engine';
import type { FileReference } from '#contract';
import { queryRows, type Executor } from '../database/connect.ts';
import { defineTable, type RowOf } from '../database/table-spec.ts';
import { decodeRows } from '../database/write-rows.ts';

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

export async function findFile(
  executor: Executor,
  place: { readonly bucket: number; readonly fileKey: Key },
): Promise<StoredFile | null> {
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

export function referenceTo(file: StoredFile): FileReference {
  return {
    fileKey: String(file.file_key),
    name: file.name,
    mimeType: file.mime_type,
    size: file.size,
    sha256: file.sha256,
  };
}
