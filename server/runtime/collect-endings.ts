import type { HistoryRecord, Instance, Key, RowView } from '#engine';
import { bucketOf } from '#engine';
import type { TableSpec } from '../database/table-spec.ts';
import type { CollectedRows, Written } from './collected-rows.ts';
import * as rowsOf from './instance-rows.ts';
import type { Step } from './step.ts';

/** How each row that left the instance ended; only the history tells. */
export function collectEndings(rows: CollectedRows, { accepted, before }: Step, owner: rowsOf.RowOwner): void {
  const last = lastRows(accepted.history, before);
  for (const { event, at, by } of accepted.history) {
    switch (event.kind) {
      case 'elementCompleted':
      case 'elementTerminated': {
        const element = last.elements(event.elementInstanceKey);
        if (element === undefined) break;
        const { key } = element;
        const state = event.kind === 'elementCompleted' ? 'completed' : 'terminated';
        if (isStored(rows.elements, before?.elements, key)) {
          rows.elements.ended.set(key, { bucket: bucketOf(key), element_instance_key: key, state, ended_at: at });
        } else rows.elements.fresh.set(key, rowsOf.elementRow(owner, element, { state, endedAt: at }));
        break;
      }
      case 'userTaskCompleted':
      case 'userTaskCanceled': {
        const task = last.userTasks(event.userTaskKey);
        if (task === undefined) break;
        const { key } = task;
        const ending: rowsOf.TaskEnding =
          event.kind === 'userTaskCompleted'
            ? { state: 'COMPLETED', endedAt: at, completedBy: by }
            : { state: 'CANCELED', endedAt: at, completedBy: null };
        const { state, completedBy: completed_by } = ending;
        if (isStored(rows.userTasks, before?.userTasks, key)) {
          const place = { bucket: bucketOf(key), user_task_key: key };
          rows.userTasks.ended.set(key, { ...place, state, ended_at: at, completed_by });
        } else rows.userTasks.fresh.set(key, rowsOf.userTaskRow(owner, task, ending));
        rows.candidates.set(key, []);
        break;
      }
      case 'jobCompleted':
      case 'jobCanceled':
      case 'jobErrorThrown': {
        const job = last.jobs(event.jobKey);
        if (job === undefined) break;
        const { key } = job;
        const state = JOB_STATES[event.kind];
        if (isStored(rows.jobs, before?.jobs, key)) {
          const free = { lease_owner: null, lease_until: null };
          rows.jobs.ended.set(key, { bucket: bucketOf(key), job_key: key, state, ended_at: at, ...free });
        } else rows.jobs.fresh.set(key, rowsOf.jobRow(owner, job, { state, endedAt: at }));
        break;
      }
      case 'incidentResolved': {
        const incident = last.incidents(event.incidentKey);
        if (incident === undefined) break;
        const { key } = incident;
        if (isStored(rows.incidents, before?.incidents, key)) {
          rows.incidents.ended.set(key, { bucket: bucketOf(key), incident_key: key, ended_at: at });
        } else rows.incidents.fresh.set(key, rowsOf.incidentRow(owner, incident, at));
        break;
      }
      default: // Nothing that is kept ends with any other event.
        break;
    }
  }
}

function isStored({ fresh }: Written<TableSpec>, before: RowView<unknown> | undefined, key: Key): boolean {
  return before?.has(key) === true && !fresh.has(key);
}

const JOB_STATES = { jobCompleted: 'COMPLETED', jobCanceled: 'CANCELED', jobErrorThrown: 'ERROR_THROWN' } as const;

/** Rows as they were when they ended: stored before, or created by this very step. */
function lastRows(history: readonly HistoryRecord[], before: Instance | null) {
  const created = new Map<Key, unknown>();
  for (const { event } of history) {
    if (event.kind === 'elementActivated') created.set(event.element.key, event.element);
    else if (event.kind === 'userTaskCreated') created.set(event.userTask.key, event.userTask);
    else if (event.kind === 'jobCreated') created.set(event.job.key, event.job);
    else if (event.kind === 'incidentRaised') created.set(event.incident.key, event.incident);
  }
  const finder =
    <T extends 'elements' | 'userTasks' | 'jobs' | 'incidents'>(table: T) =>
    (key: Key): RowIn<T> | undefined =>
      (before?.[table].get(key) ?? created.get(key)) as RowIn<T> | undefined;
  return {
    elements: finder('elements'),
    userTasks: finder('userTasks'),
    jobs: finder('jobs'),
    incidents: finder('incidents'),
  };
}

type RowIn<T extends 'elements' | 'userTasks' | 'jobs' | 'incidents'> =
  Instance[T] extends RowView<infer Row> ? Row : never;
