import type { VariableMap } from '#engine';
import type { Clock } from '../runtime/clock.ts';
import { backoff } from './backoff.ts';
import { claimJobs, type ActivatedJob } from './claim-jobs.ts';
import { completeJob, throwJobError, type JobCommandDeps } from './complete-job.ts';
import { extendLease } from './extend-lease.ts';
import { failJob } from './fail-job.ts';
import { forEachLimited } from './for-each-limited.ts';
import { BpmnError, JobFailure, LateJobResult, UnknownJob } from './job-errors.ts';

/** What a handler gets. */
export interface JobWork {
  readonly job: ActivatedJob;
  readonly variables: VariableMap;
  readonly headers: Readonly<Record<string, string>>;
  /** The same for every try of the job: pass it to whatever must happen once. */
  readonly idempotencyKey: string;
}

/** Does a job and gives the variables it ends with. Throws BpmnError (modelled) or JobFailure (tried again); anything else counts as a failure. */
export type JobHandler = (work: JobWork) => Promise<VariableMap | void>;

const LEASE_MS = 60_000;
const BATCH = 10;

export interface HandlerDeps extends JobCommandDeps {
  readonly clock: Clock;
  readonly worker: string;
  readonly handlers: ReadonlyMap<string, JobHandler>;
  readonly onError: (error: unknown, place: string) => void;
}

/** Does the jobs of our own types that are available. @returns how many were taken */
export async function doJobs(deps: HandlerDeps): Promise<number> {
  let taken = 0;
  for (const [type, handler] of deps.handlers) {
    const jobs = await claimJobs(deps.database, {
      type,
      worker: deps.worker,
      timeout: LEASE_MS,
      maxJobs: BATCH,
      now: deps.clock.now(),
    });
    taken += jobs.length;
    await forEachLimited(jobs, BATCH, (job) => doJob(deps, job, handler));
  }
  return taken;
}

async function doJob(deps: HandlerDeps, job: ActivatedJob, handler: JobHandler): Promise<void> {
  const { jobKey, leaseEpoch, variables, headers } = job;
  const answer = { jobKey, leaseEpoch, by: null };
  const heartbeat = keepLease(deps, job);
  try {
    const result = await handler({ job, variables, headers, idempotencyKey: `job:${jobKey}` });
    await completeJob(deps, { ...answer, variables: result ?? {} });
  } catch (error) {
    await report(deps, job, error).catch((second) => deps.onError(second, `job ${jobKey} (${job.type})`));
  } finally {
    clearInterval(heartbeat);
  }
}

async function report(
  deps: HandlerDeps,
  { jobKey, leaseEpoch, retries, attempt, type }: ActivatedJob,
  error: unknown,
): Promise<void> {
  const answer = { jobKey, leaseEpoch, by: null, variables: {} };
  // Cancelled or taken over meanwhile: there is nothing left to answer.
  if (error instanceof LateJobResult || error instanceof UnknownJob) return;
  if (error instanceof BpmnError) {
    const { errorCode, message, variables } = error;
    await throwJobError(deps, { ...answer, errorCode, errorMessage: message, variables });
    return;
  }
  if (!(error instanceof JobFailure)) deps.onError(error, `job ${jobKey} (${type})`);
  const failure = error instanceof JobFailure ? error : undefined;
  await failJob(deps, {
    ...answer,
    retries: failure?.retries ?? retries - 1,
    retryBackOff: failure?.retryBackOff ?? backoff(attempt),
    errorMessage: String((error as Error | null)?.message ?? error).slice(0, 1_000),
  });
}

/** A handler that works longer than its lease keeps it, as long as this process lives. */
function keepLease({ database, clock }: HandlerDeps, { jobKey, leaseEpoch }: ActivatedJob): NodeJS.Timeout {
  return setInterval(() => {
    const now = clock.now();
    // A lost lease shows when the job is completed.
    extendLease(database, { jobKey, leaseEpoch, now, until: now + LEASE_MS }).catch(() => undefined);
  }, LEASE_MS / 3).unref();
}
