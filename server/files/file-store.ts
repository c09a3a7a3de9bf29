import { queryRows, type Executor } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import { NOBODYS } from './file-owner.ts';
import { storedFileTable, type StoredFile } from './file-read-model.ts';

/** Bytes that one person has uploaded and nothing refers to yet. */
export async function unreferencedBytes(executor: Executor, username: string): Promise<number> {
  const [row] = await queryRows<{ bytes: number | string | null }>(
    executor,
    'SELECT sum(size) AS bytes FROM stored_file WHERE referenced_at IS NULL AND created_by = ?',
    [username],
  );
  return Number(row?.bytes ?? 0);
}

/** All that people without an account have lying here and have not sent. */
export async function nobodysBytes(executor: Executor): Promise<number> {
  const [row] = await queryRows<{ bytes: number | string | null }>(
    executor,
    `SELECT sum(size) AS bytes FROM stored_file WHERE referenced_at IS NULL AND created_by LIKE '${NOBODYS}%'`,
  );
  return Number(row?.bytes ?? 0);
}

/** Uploads older than `before` that nothing refers to; those of people without an account older than `nobodysBefore`. */
export async function findUnreferenced(
  executor: Executor,
  query: { readonly before: number; readonly nobodysBefore: number; readonly limit: number },
): Promise<readonly StoredFile[]> {
  const rows = await queryRows(
    executor,
    `SELECT * FROM stored_file WHERE referenced_at IS NULL
       AND (created_at < ? OR (created_at < ? AND created_by LIKE '${NOBODYS}%')) ORDER BY created_at LIMIT ?`,
    [query.before, query.nobodysBefore, query.limit],
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
