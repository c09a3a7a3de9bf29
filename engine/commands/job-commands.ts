import type { CommandOfKind } from '../command.ts';
import type { Job } from '../instance.ts';
import type { Key } from '../key.ts';
import { emit } from '../behaviors/emit.ts';
import { findCatcher } from '../behaviors/find-catcher.ts';
import { goOnWithResult, holdResult } from '../behaviors/hold-result.ts';
import { nextTryAt } from '../behaviors/next-try-at.ts';
import { raiseIncident } from '../behaviors/raise-incident.ts';
import { Refusal } from '../behaviors/refusal.ts';
import type { Run } from '../behaviors/run.ts';
import { throwError } from '../behaviors/throw-error.ts';
import { setLocalVariables } from '../behaviors/write-variables.ts';
import { whySuspended } from './while-suspended.ts';

export function completeJob(run: Run, command: CommandOfKind<'completeJob'>): void {
  const job = jobOf(run, command.jobKey);
  const element = run.draft.elements.get(job.elementInstanceKey);
  if (element === undefined) return;
  resolveJobIncidents(run, job);
  emit(run, { kind: 'jobCompleted', jobKey: job.key, elementId: job.elementId });
  if (run.draft.header.suspendedAt !== null) holdResult(run, element, command.variables);
  else goOnWithResult(run, element, command.variables);
}

/** The last failure raises an incident; it keeps the job, so that a retry does the same work again. */
export function failJob(run: Run, command: CommandOfKind<'failJob'>): void {
  const job = jobOf(run, command.jobKey);
  const element = run.draft.elements.get(job.elementInstanceKey);
  if (element === undefined) return;
  const retries = Math.max(0, command.retries);
  resolveJobIncidents(run, job);
  emit(run, {
    kind: 'jobFailed',
    jobKey: job.key,
    elementId: job.elementId,
    retries,
    availableAt: nextTryAt(run, job, command),
    errorMessage: command.errorMessage,
  });
  setLocalVariables(run, element.key, command.variables);
  if (retries > 0) return;
  raiseIncident(run, element, {
    type: 'JOB_NO_RETRIES',
    message: command.errorMessage || 'Expected the job to succeed, but no retries are left',
    retry: { kind: 'job' },
    jobKey: job.key,
  });
}

/** A modelled error: caught by a boundary event, else an incident that keeps the job. */
export function throwJobError(run: Run, command: CommandOfKind<'throwJobError'>): void {
  const job = jobOf(run, command.jobKey);
  const element = run.draft.elements.get(job.elementInstanceKey);
  if (element === undefined) return;
  const { errorCode, errorMessage, variables } = command;
  const catcher = findCatcher(run, element.key, { kind: 'error', code: errorCode });
  if (catcher !== null) {
    if (run.draft.header.suspendedAt !== null) {
      throw new Refusal('INVALID_STATE', whySuspended(run.draft.header));
    }
    emit(run, { kind: 'jobErrorThrown', jobKey: job.key, elementId: job.elementId, errorCode, errorMessage });
    throwError(run, catcher, { errorCode, errorMessage, variables });
    return;
  }
  resolveJobIncidents(run, job);
  emit(run, {
    kind: 'jobFailed',
    jobKey: job.key,
    elementId: job.elementId,
    retries: 0,
    availableAt: run.now,
    errorMessage,
  });
  raiseIncident(run, element, {
    type: 'UNHANDLED_ERROR_EVENT',
    message: `Expected a boundary event or event sub-process that catches error "${errorCode}"${errorMessage === '' ? '' : ` (${errorMessage})`}, but there is none`,
    retry: { kind: 'job' },
    jobKey: job.key,
  });
}

export function updateJobRetries(run: Run, command: CommandOfKind<'updateJobRetries'>): void {
  const job = jobOf(run, command.jobKey);
  if (!Number.isSafeInteger(command.retries) || command.retries < 1) {
    throw new Refusal('INVALID_ARGUMENT', `Expected at least one retry, but got ${command.retries}`);
  }
  emit(run, { kind: 'jobRetriesUpdated', jobKey: job.key, elementId: job.elementId, retries: command.retries });
}

/** The last word of the worker stands: an older incident of the same job is over. */
function resolveJobIncidents(run: Run, job: Job): void {
  for (const { kind, key } of run.draft.waits.get(job.elementInstanceKey) ?? []) {
    if (kind !== 'incident' || run.draft.incidents.get(key)?.jobKey !== job.key) continue;
    emit(run, { kind: 'incidentResolved', incidentKey: key, elementId: job.elementId });
  }
}

function jobOf(run: Run, jobKey: Key): Job {
  const job = run.draft.jobs.get(jobKey);
  if (job !== undefined) return job;
  throw new Refusal('NOT_FOUND', `Expected an open job ${jobKey}, but it has ended or never existed`);
}
