import type { VariableMap } from '#engine';
import type { Clock } from '../runtime/clock.ts';
import type { Rights } from '../nodes/rights.ts';
import { backoff } from './backoff.ts';
import { claimJobs, type ActivatedJob } from './claim-jobs.ts';
import { completeJob, throwJobError, type JobCommandDeps } from './complete-job.ts';
import { extendLease } from './extend-lease.ts';
import { failJob } from './fail-job.ts';
import { forEachLimited } from './for-each-limited.ts';
import { BpmnError, JobFailure, LateJobResult, UnknownJob } from './job-errors.ts';
import { returnJobs } from './return-jobs.ts';

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
/** Jobs of one claim: their answers share commits. */
const BATCH = 100;
/** Lots of one round; then timers, the outbox and other types have their turn. */
const LOTS = 5;
/** A lot that took so long is the last of its round. */
const SLOW_MS = 1_000;
/** Handlers at work: each may hold a connection to somebody else's server, or a rendered document. */
const AT_ONCE = 10;
/**
 * Timers, the outbox and other types wait for the round, and nobody keeps the lease of what has not begun: so of slow jobs
 * no more are begun after this, and the rest is offered again.
 */
const PATIENCE_MS = 10_000;

export interface HandlerDeps extends JobCommandDeps {
  readonly clock: Clock;
  readonly worker: string;
  readonly rights: Rights;
  readonly onError: (error: unknown, place: string) => void;
}

/**
 * Does the jobs of one of our own types that are available. While the answers of one lot are being stored, the next lot is
 * claimed and done; so the writer never waits for us. @returns how many were taken
 */
export async function doJobs(deps: HandlerDeps, type: string, handler: JobHandler): Promise<number> {
  const { database, worker, clock, rights } = deps;
  let taken = 0;
  let before: Promise<unknown> = Promise.resolve();
  for (let lot = 0; lot < LOTS; lot += 1) {
    const now = clock.now();
    const jobs = await claimJobs(database, { type, worker, timeout: LEASE_MS, maxJobs: BATCH, now, rights });
    const answers: Promise<void>[] = [];
    const notBegun: ActivatedJob[] = [];
    await forEachLimited(jobs, AT_ONCE, async (job) => {
      if (clock.now() - now > PATIENCE_MS) {
        notBegun.push(job);
        return;
      }
      // The next job does not wait for the commit of this one, so that those that end together commit together.
      const { done, answered } = doJob(deps, job, handler);
      answers.push(answered);
      await done;
    });
    taken += jobs.length;
    await before;
    before = Promise.all([returnJobs(database, notBegun), ...answers]);
    if (jobs.length < BATCH || notBegun.length > 0 || clock.now() - now > SLOW_MS) break;
  }
  await before;
  return taken;
}

/** `done` when the handler has ended, `answered` when what it came to is stored. Neither rejects. */
function doJob(
  deps: HandlerDeps,
  job: ActivatedJob,
  handler: JobHandler,
): { readonly done: Promise<void>; readonly answered: Promise<void> } {
  const { jobKey, processInstanceKey, leaseEpoch, variables, headers, type } = job;
  const answer = { jobKey, processInstanceKey, leaseEpoch, by: null };
  const heartbeat = keepLease(deps, job);
  // A handler that throws before its first promise fails no otherwise than one that rejects.
  const work = Promise.resolve().then(() => handler({ job, variables, headers, idempotencyKey: `job:${jobKey}` }));
  const answered = work
    .then((result) => completeJob(deps, { ...answer, variables: result ?? {} }))
    .then(
      () => undefined,
      (error: unknown) => report(deps, job, error),
    )
    .catch((second: unknown) => deps.onError(second, `job ${jobKey} (${type})`))
    .finally(() => clearInterval(heartbeat));
  const over = (): void => undefined;
  return { done: work.then(over, over), answered };
}

async function report(
  deps: HandlerDeps,
  { jobKey, processInstanceKey, leaseEpoch, retries, attempt, type }: ActivatedJob,
  error: unknown,
): Promise<void> {
  const answer = { jobKey, processInstanceKey, leaseEpoch, by: null, variables: {} };
  // Cancelled or taken over meanwhile: there is nothing left to answer.
  if (error instanceof LateJobResult) deps.onError(error, `job ${jobKey} (${type})`);
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
    ...(failure?.retryBackOff === undefined ? {} : { retryBackOff: failure.retryBackOff }),
    defaultBackOff: backoff(attempt),
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
