import { queryRows, type Executor } from '../../database/connect.ts';
import { bucketForText } from '../../database/key-source.ts';
import { defineTable, type RowOf } from '../../database/table-spec.ts';
import { decodeRows, insertNewRows } from '../../database/write-rows.ts';

const apiFileTable = defineTable('api_file', {
  columns: {
    bucket: 'smallint',
    file_id: 'text',
    name: 'text',
    mime_type: 'text',
    size: 'integer',
    sha256: 'text',
    facts: 'json',
    expires_at: 'time?',
    created_by: 'text',
    created_at: 'time',
  },
  primaryKey: ['bucket', 'file_id'],
});

export type ApiFile = RowOf<typeof apiFileTable>;

/** False: the id is taken. */
export async function insertApiFile(tx: Executor, file: Omit<ApiFile, 'bucket'>): Promise<boolean> {
  return (await insertNewRows(tx, apiFileTable, [{ bucket: bucketForText(file.file_id), ...file }])).length > 0;
}

/** Null when there is none, or when its time is over. */
export async function findApiFile(executor: Executor, fileId: string, now: number): Promise<ApiFile | null> {
  const rows = await queryRows(
    executor,
    'SELECT * FROM api_file WHERE bucket = ? AND file_id = ? AND (expires_at IS NULL OR expires_at > ?)',
    [bucketForText(fileId), fileId, now],
  );
  return decodeRows(apiFileTable, rows)[0] ?? null;
}

/** @returns the hash of its content, or null when there was none */
export async function deleteApiFile(tx: Executor, fileId: string): Promise<string | null> {
  const [row] = await queryRows<{ sha256: string }>(
    tx,
    'DELETE FROM api_file WHERE bucket = ? AND file_id = ? RETURNING sha256',
    [bucketForText(fileId), fileId],
  );
  return row?.sha256 ?? null;
}

export async function findExpired(executor: Executor, now: number, limit: number): Promise<readonly string[]> {
  const rows = await queryRows<{ file_id: string }>(
    executor,
    'SELECT file_id FROM api_file WHERE expires_at <= ? ORDER BY expires_at LIMIT ?',
    [now, limit],
  );
  return rows.map((row) => row.file_id);
}
