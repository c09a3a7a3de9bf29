import type { Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';

/**
 * Marks a version of a process and its starts, and tells other nodes by the revision of the catalog.
 * @param suspendedAt epoch milliseconds; null lets it start again. @returns false when there is no such version
 */
export async function markSuspended(tx: Executor, key: Key, suspendedAt: number | null): Promise<boolean> {
  await queryRows(tx, 'UPDATE catalog_revision SET revision = revision + 1 WHERE id = 1');
  const rows = await queryRows(
    tx,
    "UPDATE definition SET suspended_at = ? WHERE definition_key = ? AND kind = 'process' RETURNING definition_key",
    [suspendedAt, key],
  );
  const suspended = suspendedAt !== null;
  await queryRows(tx, 'UPDATE start_subscription SET suspended = ? WHERE process_definition_key = ?', [suspended, key]);
  return rows.length > 0;
}
