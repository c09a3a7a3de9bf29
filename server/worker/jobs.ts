import { readerOf } from '../database/connect.ts';
import type { Key } from '#engine';
import type { Clock } from '../runtime/clock.ts';
import type { CommandResult } from '../runtime/runner.ts';
import { claimJobs, type ActivatedJob, type JobClaim } from './claim-jobs.ts';
import {
  completeJob,
  throwJobError,
  type JobCommandDeps,
  type JobCompletion,
  type ThrownJobError,
} from './complete-job.ts';
import { extendLease } from './extend-lease.ts';
import { failJob, type FailedJob } from './fail-job.ts';
import { findInstanceOfJob } from './job-lease.ts';
import type { WakeUps } from './wake-ups.ts';

const DEFAULT_REQUEST_TIMEOUT_MS = 10_000;
const LONGEST_REQUEST_MS = 60_000;
/** The floor under the hints while a request waits. */
const POLL_MS = 1_000;

export interface Activation extends Omit<JobClaim, 'now' | 'rights'> {
  /** Milliseconds to wait for a job: absent or 0 = 10 s, negative = answer at once (as in Camunda 8). */
  readonly requestTimeout?: number;
  /** Ends the wait when the client goes away. */
  readonly signal?: AbortSignal;
}

/** What external workers do. */
export interface Jobs {
  /** Takes jobs under a lease; when there are none, waits for one (long polling). */
  activate(request: Activation): Promise<readonly ActivatedJob[]>;
  /** @throws UnknownJob, LateJobResult, CommandRejected */
  complete(answer: JobCompletion): Promise<CommandResult>;
  /** @throws UnknownJob, LateJobResult, CommandRejected */
  fail(answer: FailedJob): Promise<CommandResult>;
  /** @throws UnknownJob, LateJobResult, CommandRejected */
  throwError(answer: ThrownJobError): Promise<CommandResult>;
  /** Gives the job new tries and, if wanted, a new end of its lease. @throws UnknownJob, LateJobResult */
  update(request: {
    readonly jobKey: Key;
    readonly retries?: number;
    readonly timeout?: number;
    readonly by: string | null;
    readonly within?: (processId: string) => boolean;
  }): Promise<void>;
}

export function createJobs(deps: JobCommandDeps & { readonly clock: Clock; readonly wakeUps: WakeUps }): Jobs {
  const { database, runner, clock, wakeUps } = deps;
  return {
    async activate({ requestTimeout = 0, signal, ...claim }) {
      const patience = requestTimeout === 0 ? DEFAULT_REQUEST_TIMEOUT_MS : Math.min(requestTimeout, LONGEST_REQUEST_MS);
      const until = performance.now() + patience;
      for (;;) {
        if (signal?.aborted) return [];
        const wait = wakeUps.wait(
          `job:${claim.type}`,
          Math.max(1, Math.min(POLL_MS, until - performance.now())),
          signal,
        );
        try {
          const jobs = await claimJobs(database, { ...claim, now: clock.now() });
          if (jobs.length > 0 || performance.now() >= until) return jobs;
          await wait.over;
        } finally {
          wait.cancel();
        }
      }
    },
    complete: (answer) => completeJob(deps, answer),
    fail: (answer) => failJob(deps, answer),
    throwError: (answer) => throwJobError(deps, answer),
    async update({ jobKey, retries, timeout, by, within }) {
      const job = { jobKey, ...(within === undefined ? {} : { within }) };
      const processInstanceKey = await findInstanceOfJob(readerOf(database), job);
      const now = clock.now();
      if (retries !== undefined) {
        await runner.run({
          processInstanceKey,
          by,
          readsInstanceOnly: true,
          build: () => ({ kind: 'updateJobRetries', jobKey, retries }),
        });
      }
      if (timeout !== undefined) await extendLease(database, { jobKey, until: now + timeout, now });
    },
  };
}
