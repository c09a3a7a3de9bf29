import { bucketOf, type Key } from '#engine';
import { queryRows, readerOf } from '../database/connect.ts';
import type { Rights } from '../nodes/rights.ts';
import type { JobCommandDeps } from './complete-job.ts';
import type { JobState } from './job-lease.ts';
import { throwFailures, tryEach } from './try-each.ts';

const BATCH = 100;

/**
 * Frees jobs whose worker fell silent. The try counts as failed, so that a job that kills its workers ends as an
 * incident, and the fencing number rises, so that a late answer is refused.
 * @returns how many were freed
 * @throws when some could not be; the others are free all the same
 */
export async function releaseExpiredLeases(
  { database, runner }: JobCommandDeps,
  rights: Rights,
  now: number,
): Promise<number> {
  const expired = await queryRows<{
    bucket: number;
    job_key: Key;
    process_instance_key: Key;
    lease_epoch: number;
  }>(
    readerOf(database),
    `SELECT bucket, job_key, process_instance_key, lease_epoch FROM job
     WHERE ended_at IS NULL AND retries > 0 AND lease_until <= ?${rights.within('bucket')} LIMIT ?`,
    [now, ...rights.parameters, BATCH],
  );
  let freed = 0;
  const failures = await tryEach(
    expired,
    BATCH,
    async ({ bucket, job_key: jobKey, process_instance_key: processInstanceKey, lease_epoch: epoch }) => {
      const result = await runner.run({
        processInstanceKey,
        by: null,
        right: rights.of(bucket),
        build: async ({ tx }) => {
          const [job] = await queryRows<JobState>(
            tx,
            `UPDATE job SET lease_epoch = lease_epoch + 1
           WHERE bucket = ? AND job_key = ? AND ended_at IS NULL AND lease_epoch = ? AND lease_until <= ?
           RETURNING retries, attempts, lease_owner, lease_until, lease_epoch`,
            [bucketOf(jobKey), jobKey, epoch, now],
          );
          if (job === undefined) return null;
          const errorMessage = `Worker "${job.lease_owner}" did not answer within its lease (attempt ${job.attempts}).`;
          return { kind: 'failJob', jobKey, retries: job.retries - 1, retryBackOff: null, errorMessage, variables: {} };
        },
      });
      if (result !== null) freed += 1;
    },
  );
  throwFailures(`Expected ${expired.length} ended leases to be freed`, failures);
  return freed;
}
