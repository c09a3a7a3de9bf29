import { bucketOf } from '#engine';
import { queryRows, type Database } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import type { ActivatedJob } from './claim-jobs.ts';

const CLAIMS = { columns: { bucket: 'smallint', job_key: 'key', lease_epoch: 'integer' } } as const;

/** Offers claimed jobs that nobody has begun again, at their old place in the queue: such a claim is no try. */
export async function returnJobs(database: Database, jobs: readonly ActivatedJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const claims = jobs.map(({ jobKey, leaseEpoch }) => ({
    bucket: bucketOf(jobKey),
    job_key: jobKey,
    lease_epoch: leaseEpoch,
  }));
  await inTransaction(database, (tx) =>
    queryRows(
      tx,
      `UPDATE job SET lease_owner = NULL, lease_until = NULL, attempts = attempts - 1
       WHERE ended_at IS NULL AND (bucket, job_key, lease_epoch) IN (
         SELECT c.bucket, c.job_key, c.lease_epoch FROM ${tx.dialect.rowsFromJson(CLAIMS, 'c', claims.length)})`,
      [JSON.stringify(claims)],
    ),
  );
}
