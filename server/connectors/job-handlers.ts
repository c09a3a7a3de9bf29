import { DOCUMENT_JOB, documentJob } from './document/document-job.ts';
import { HTTP_JOB, httpJob, type HttpJobDeps } from './http/http-job.ts';
import { NOTIFY_JOB, notifyJob } from './notify/notify-job.ts';
import type { JobHandler } from '../worker/job-handlers.ts';
import { registerJobs, type RegisterJobDeps } from './register/register-job.ts';
import { MAIL_JOB, mailJob, type MailJobDeps } from './outgoing-mail/mail-job.ts';

export type JobHandlersDeps = MailJobDeps &
  HttpJobDeps &
  RegisterJobDeps &
  Parameters<typeof documentJob>[0] &
  Parameters<typeof notifyJob>[0];

/** The job types that the server works on itself; every other type waits for a worker outside. */
export function jobHandlers(deps: JobHandlersDeps): ReadonlyMap<string, JobHandler> {
  return new Map([
    [NOTIFY_JOB, notifyJob(deps)],
    [MAIL_JOB, mailJob(deps)],
    [DOCUMENT_JOB, documentJob(deps)],
    [HTTP_JOB, httpJob(deps)],
    ...registerJobs(deps),
  ]);
}
