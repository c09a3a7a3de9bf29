import type { VariableMap } from '#engine';
import type { CommandResult, RepeatableCommand } from '../runtime/runner.ts';
import { answerJob, type JobCommandDeps } from './complete-job.ts';
import type { JobAnswer } from './job-lease.ts';

export interface FailedJob extends JobAnswer {
  /** Tries left; one less than the job had when absent. 0 raises an incident. */
  readonly retries?: number;
  /** Milliseconds before the next try; as the model says when absent. */
  readonly retryBackOff?: number;
  /** For a job whose model names no delay; at once when absent. */
  readonly defaultBackOff?: number;
  readonly errorMessage: string;
  readonly variables: VariableMap;
  readonly by: string | null;
  readonly repeatable?: RepeatableCommand;
}

/** Ends a try badly: the job is offered again later or, without tries left, becomes an incident. @throws UnknownJob, LateJobResult */
export async function failJob(deps: JobCommandDeps, failed: FailedJob): Promise<CommandResult> {
  const { jobKey, retryBackOff = null, defaultBackOff = 0, errorMessage, variables } = failed;
  return answerJob(deps, failed, (job) => ({
    kind: 'failJob',
    jobKey,
    retries: Math.max(0, failed.retries ?? job.retries - 1),
    retryBackOff,
    defaultBackOff,
    errorMessage,
    variables,
  }));
}
