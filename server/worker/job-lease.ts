import { bucketOf, type Key } from '#engine';
import { queryRows, type Executor } from '../database/connect.ts';
import { LateJobResult, UnknownJob } from './job-errors.ts';

/** What an answer to a job brings: its key and, from workers that got one, the fencing number of their lease. */
export interface JobAnswer {
  readonly jobKey: Key;
  /** Known to our own workers; it is looked up when absent. */
  readonly processInstanceKey?: Key;
  /**
   * Absent from clients of the Camunda 8 API, which has no word for it: then the answer counts while the job is leased,
   * to whomever, or was never taken.
   */
  readonly leaseEpoch?: number;
  /** Of which processes jobs may be answered; a job of another is unknown. All when absent. */
  readonly within?: (processId: string) => boolean;
}

export interface JobState {
  readonly retries: number;
  readonly attempts: number;
  readonly lease_owner: string | null;
  readonly lease_until: number | null;
  readonly lease_epoch: number;
}

/** @throws UnknownJob */
export async function findInstanceOfJob(
  executor: Executor,
  { jobKey, within }: Pick<JobAnswer, 'jobKey' | 'within'>,
): Promise<Key> {
  const [row] = await queryRows<{ process_instance_key: Key; process_id: string }>(
    executor,
    'SELECT process_instance_key, process_id FROM job WHERE bucket = ? AND job_key = ?',
    [bucketOf(jobKey), jobKey],
  );
  if (row === undefined || within?.(row.process_id) === false) throw new UnknownJob(jobKey);
  return row.process_instance_key;
}

const KEYS = { columns: { bucket: 'smallint', job_key: 'key' } } as const;

/** The open jobs with their leases, locked until the transaction that will end them is over; one query, however many. */
export async function lockJobs(tx: Executor, keys: readonly Key[]): Promise<ReadonlyMap<Key, JobState>> {
  const wanted = tx.dialect.rowsFromJson(KEYS, 'k', keys.length);
  const rows = await queryRows<JobState & { readonly job_key: Key }>(
    tx,
    `SELECT t.job_key, t.retries, t.attempts, t.lease_owner, t.lease_until, t.lease_epoch
     FROM ${wanted} JOIN job t ON t.bucket = k.bucket AND t.job_key = k.job_key AND t.ended_at IS NULL
     ORDER BY t.bucket, t.job_key${tx.dialect.forUpdateOf('t')}`,
    [JSON.stringify(keys.map((key) => ({ bucket: bucketOf(key), job_key: key })))],
  );
  return new Map(rows.map((row) => [row.job_key, row]));
}

/** @param job as it stands in the transaction that will end it @throws UnknownJob, LateJobResult */
export function checkLease(job: JobState | undefined, { jobKey, leaseEpoch }: JobAnswer, now: number): JobState {
  if (job === undefined) throw new UnknownJob(jobKey);
  const leased = job.lease_until !== null && job.lease_until > now;
  const counts = leaseEpoch === undefined ? leased || job.attempts === 0 : leased && job.lease_epoch === leaseEpoch;
  if (!counts) throw new LateJobResult(jobKey);
  return job;
}
