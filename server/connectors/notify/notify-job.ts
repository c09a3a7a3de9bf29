import type { Logger } from 'pino';
import type { Notifications } from '../../notifications/notifications.ts';
import type { JobHandler } from '../../worker/job-handlers.ts';
import { readTexts, requireText } from '../read-parameter.ts';

export const NOTIFY_JOB = 'reglament:notify';

/**
 * `reglament:notify`: an in-app notice. Parameters: `to` (login or group, or a list of them), `text`.
 * A notice to nobody is logged and passed: a case must not stop because a group happens to be empty.
 */
export function notifyJob(deps: { readonly notifications: Notifications; readonly logger: Logger }): JobHandler {
  return async ({ job }) => {
    const to = readTexts(job, 'to');
    const reached = await deps.notifications.notify({
      to,
      text: requireText(job, 'text'),
      caseKey: job.rootProcessInstanceKey,
      userTaskKey: null,
      source: `job:${job.jobKey}`,
    });
    if (reached.length === 0)
      deps.logger.warn({ jobKey: job.jobKey, elementId: job.elementId, to }, 'notice to nobody');
    return {};
  };
}
