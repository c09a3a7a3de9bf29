import type { VariableMap } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import type { CommandResult, RepeatableCommand, Runner } from '../runtime/runner.ts';
import { checkLease, findInstanceOfJob, lockJobs, type JobAnswer, type JobState } from './job-lease.ts';

export interface JobCommandDeps {
  readonly database: Database;
  readonly runner: Runner;
}

interface AnswerBase extends JobAnswer {
  readonly by: string | null;
  readonly repeatable?: RepeatableCommand;
}

export interface JobCompletion extends AnswerBase {
  readonly variables: VariableMap;
}

/** Ends a job well; its process goes on. @throws UnknownJob, LateJobResult, CommandRejected */
export async function completeJob(deps: JobCommandDeps, answer: JobCompletion): Promise<CommandResult> {
  const { jobKey, variables } = answer;
  return answerJob(deps, answer, () => ({ kind: 'completeJob', jobKey, variables }));
}

export interface ThrownJobError extends AnswerBase {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly variables: VariableMap;
}

/** Ends a job with a business error that the model catches. @throws UnknownJob, LateJobResult, CommandRejected */
export async function throwJobError(deps: JobCommandDeps, answer: ThrownJobError): Promise<CommandResult> {
  const { jobKey, errorCode, errorMessage, variables } = answer;
  return answerJob(deps, answer, () => ({ kind: 'throwJobError', jobKey, errorCode, errorMessage, variables }));
}

/** Shared by every answer: the lease is checked inside the transaction that uses it. */
export async function answerJob(
  { database, runner }: JobCommandDeps,
  answer: AnswerBase,
  toCommand: (job: JobState) => ReturnType<Parameters<Runner['run']>[0]['build']>,
): Promise<CommandResult> {
  const { jobKey } = answer;
  const result = await runner.run({
    processInstanceKey: answer.processInstanceKey ?? (await findInstanceOfJob(readerOf(database), answer)),
    by: answer.by,
    ...(answer.repeatable === undefined ? {} : { repeatable: answer.repeatable }),
    wants: { rows: lockJobs, key: jobKey },
    build: ({ row, now }) => toCommand(checkLease(row as JobState | undefined, answer, now)),
  });
  return result!;
}
