import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { insertRows } from '../database/write-rows.ts';
import { storedFileTable, type StoredFile } from './file-read-model.ts';

/** Writes what came with a mail, a letter or an upload, in the transaction of the one who brings it. */
export async function insertFiles(tx: Executor, files: readonly StoredFile[]): Promise<void> {
  await insertRows(tx, storedFileTable, files);
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

/**
 * Gives uploads that came before there was a case to the case that their form has started. @returns how many there were: fewer
 * than asked for when the sweeper was faster, or when another case has one already
 */
export async function adoptFiles(
  tx: Executor,
  adoption: {
    readonly bucket: number;
    readonly fileKeys: readonly Key[];
    readonly caseKey: Key;
    /** Whose uploads they are, and whose they are from now on. */
    readonly from: string;
    readonly to: string;
    readonly now: number;
  },
): Promise<number> {
  if (adoption.fileKeys.length === 0) return 0;
  const adopted = await queryRows(
    tx,
    `UPDATE stored_file SET case_key = ?, created_by = ?, referenced_at = ?
     WHERE bucket = ? AND created_by = ? AND case_key IS NULL AND file_key IN (${tx.dialect.listFromJson('key')})
     RETURNING file_key`,
    [adoption.caseKey, adoption.to, adoption.now, adoption.bucket, adoption.from, JSON.stringify(adoption.fileKeys)],
  );
  return adopted.length;
}
