import type { CommandOfKind } from '../command.ts';
import { assertNever } from '../assert-never.ts';
import { enterElement } from '../behaviors/activate-element.ts';
import { attempt } from '../behaviors/attempt.ts';
import { completeElement, settleScope } from '../behaviors/complete-element.ts';
import { emit } from '../behaviors/emit.ts';
import { lookAgain } from '../behaviors/fire-conditions.ts';
import { Refusal } from '../behaviors/refusal.ts';
import { noteMove, planById, type Run } from '../behaviors/run.ts';
import { startScope } from '../behaviors/start-scope.ts';
import { reopenEvent } from '../behaviors/trigger-event.ts';

/** Tries again what had got stuck; if it still cannot go on, a new incident says why. */
export function resolveIncident(run: Run, command: CommandOfKind<'resolveIncident'>): void {
  const incident = run.draft.incidents.get(command.incidentKey);
  if (incident === undefined) {
    throw new Refusal(
      'NOT_FOUND',
      `Expected an open incident ${command.incidentKey}, but it is resolved or never existed`,
    );
  }
  emit(run, { kind: 'incidentResolved', incidentKey: incident.key, elementId: incident.elementId });
  const element = run.draft.elements.get(incident.elementInstanceKey);
  if (element === undefined) return;
  const { retry } = incident;
  switch (retry.kind) {
    case 'activate':
      attempt(run, element, retry, () => enterElement(run, planById(run, element.elementId), element, retry));
      return;
    case 'complete':
      completeElement(run, element.key, retry);
      return;
    case 'start':
      attempt(run, element, retry, () =>
        startScope(run, element.elementId, { scope: element, occurrence: retry.occurrence }),
      );
      return;
    case 'conditions':
      lookAgain(run, element.key);
      return;
    case 'reopen':
      reopenEvent(run, element, retry.eventId);
      return;
    case 'join':
      noteMove(run, element.key);
      return;
    case 'settle':
      settleScope(run, element.key);
      return;
    case 'job': {
      const job = incident.jobKey === null ? undefined : run.draft.jobs.get(incident.jobKey);
      if (job?.retries === 0) {
        emit(run, { kind: 'jobRetriesUpdated', jobKey: job.key, elementId: job.elementId, retries: 1 });
      }
      return;
    }
    default:
      assertNever(retry);
  }
}
