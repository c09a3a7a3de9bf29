import { bucketOf, type Key } from '#engine';
import { queryRows, type Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { LateJobResult } from './job-errors.ts';

/** Moves the end of a lease. @param leaseEpoch absent from Camunda 8 clients @throws LateJobResult when the lease is over */
export async function extendLease(
  database: Database,
  {
    jobKey,
    leaseEpoch,
    until,
    now,
  }: { readonly jobKey: Key; readonly leaseEpoch?: number; readonly until: number; readonly now: number },
): Promise<void> {
  const held = leaseEpoch === undefined ? '' : ' AND lease_epoch = ?';
  const rows = await inTransaction(database, (tx) =>
    queryRows(
      tx,
      `UPDATE job SET lease_until = ? WHERE bucket = ? AND job_key = ? AND ended_at IS NULL AND lease_until > ?${held} RETURNING job_key`,
      [until, bucketOf(jobKey), jobKey, now, ...(leaseEpoch === undefined ? [] : [leaseEpoch])],
    ),
  );
  if (rows.length === 0) throw new LateJobResult(jobKey);
}
