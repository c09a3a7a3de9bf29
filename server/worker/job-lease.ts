import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { LateJobResult, UnknownJob } from './job-errors.ts';

/** What an answer to a job brings: its key and, from workers that got one, the fencing number of their lease. */
export interface JobAnswer {
  readonly jobKey: Key;
  /**
   * Absent from clients of the Camunda 8 API, which has no word for it: then the answer counts as long as the job is
   * open.
   */
  readonly leaseEpoch?: number;
}

export interface JobState {
  readonly retries: number;
  readonly attempts: number;
  readonly lease_owner: string | null;
  readonly lease_until: number | null;
  readonly lease_epoch: number;
}

/** @throws UnknownJob */
export async function findInstanceOfJob(executor: Executor, jobKey: Key): Promise<Key> {
  const [row] = await queryRows<{ process_instance_key: Key }>(
    executor,
    'SELECT process_instance_key FROM job WHERE bucket = ? AND job_key = ?',
    [bucketOf(jobKey), jobKey],
  );
  if (row === undefined) throw new UnknownJob(jobKey);
  return row.process_instance_key;
}

/** The open job with its lease, inside the transaction that will end it. @throws UnknownJob, LateJobResult */
export async function checkLease(tx: Executor, { jobKey, leaseEpoch }: JobAnswer, now: number): Promise<JobState> {
  const [job] = await queryRows<JobState>(
    tx,
    `SELECT retries, attempts, lease_owner, lease_until, lease_epoch FROM job
     WHERE bucket = ? AND job_key = ? AND ended_at IS NULL${tx.dialect.forUpdate}`,
    [bucketOf(jobKey), jobKey],
  );
  if (job === undefined) throw new UnknownJob(jobKey);
  if (leaseEpoch !== undefined) {
    const holds = job.lease_epoch === leaseEpoch && job.lease_until !== null && job.lease_until > now;
    if (!holds) throw new LateJobResult(jobKey);
  }
  return job;
}
