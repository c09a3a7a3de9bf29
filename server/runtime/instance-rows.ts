import { bucketOf, type ElementInstance, type Incident, type InstanceHeader, type Job } from '#engine';
import type { Key, Timer, Token, UserTask, Variable } from '#engine';
import type { RowOf } from '../database/table-spec.ts';
import type * as tables from './instance-tables.ts';

/** What the business calls the tree: known at its root, shown on every task of it. */
export interface CaseFields {
  readonly caseNumber: string | null;
  readonly title: string | null;
  /** Who the case is about. */
  readonly client: string | null;
}

export const NO_CASE: CaseFields = { caseNumber: null, title: null, client: null };

/** What every row of an instance repeats from it. */
export interface RowOwner extends CaseFields {
  readonly header: InstanceHeader;
  readonly processName: string;
  /** 0 for a root, 1 for an instance it called … */
  readonly callDepth: number;
}

const ownerOf = (header: InstanceHeader): { bucket: number; process_instance_key: Key } => ({
  bucket: bucketOf(header.processInstanceKey),
  process_instance_key: header.processInstanceKey,
});

/** Lower case for search by substring: neither database folds Cyrillic by itself. */
export function searchText(...parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .join('\n')
    .toLocaleLowerCase('ru');
}

/** The case is told at the root of the tree only, so that a list of cases shows it once. */
export function headerRow(owner: RowOwner): RowOf<typeof tables.processInstanceTable> {
  const { header, processName, callDepth } = owner;
  const { caseNumber, title, client } = header.parent === null ? owner : NO_CASE;
  return {
    ...ownerOf(header),
    root_process_instance_key: header.rootProcessInstanceKey,
    parent_process_instance_key: header.parent?.processInstanceKey ?? null,
    parent_element_instance_key: header.parent?.elementInstanceKey ?? null,
    parent_catches: header.parent?.catches ?? null,
    call_depth: callDepth,
    process_definition_key: header.processDefinitionKey,
    deployment_key: header.deploymentKey,
    process_id: header.processId,
    process_name: processName,
    definition_version: header.definitionVersion,
    version_tag: header.versionTag,
    business_id: header.businessId,
    conversation_key: header.conversationKey,
    tags: header.tags,
    state: header.state,
    started_at: header.startedAt,
    ended_at: header.endedAt,
    suspended_at: header.suspendedAt,
    history_length: header.historyLength,
    case_number: caseNumber,
    title,
    client,
    case_search: searchText(caseNumber, title, client),
  };
}

export type ElementState = ElementInstance['state'] | 'completed' | 'terminated';

export function elementRow(
  { header }: RowOwner,
  element: ElementInstance,
  ending: { readonly state: ElementState; readonly endedAt: number } | null,
): RowOf<typeof tables.elementTable> {
  return {
    ...ownerOf(header),
    element_instance_key: element.key,
    element_id: element.elementId,
    element_type: element.elementType,
    scope_key: element.scopeKey,
    state: ending?.state ?? element.state,
    started_at: element.startedAt,
    ended_at: ending?.endedAt ?? null,
    loop: element.loop,
    loop_index: element.loopIndex,
    called_instance_key: element.calledInstanceKey,
    memory: element.memory,
  };
}

export function variableRow(
  { header }: RowOwner,
  variable: Variable,
  times: { readonly updatedAt: number; readonly endedAt: number | null },
): RowOf<typeof tables.variableTable> {
  return {
    ...ownerOf(header),
    variable_key: variable.variableKey,
    scope_key: variable.scopeKey,
    name: variable.name,
    value: variable.value,
    updated_at: times.updatedAt,
    ended_at: times.endedAt,
  };
}

export function tokenRow({ header }: RowOwner, token: Token): RowOf<typeof tables.tokenTable> {
  return {
    ...ownerOf(header),
    token_key: token.key,
    scope_key: token.scopeKey,
    element_id: token.elementId,
    flow_id: token.flowId,
    arrived_at: token.arrivedAt,
  };
}

export interface TaskEnding {
  readonly state: 'COMPLETED' | 'CANCELED';
  readonly endedAt: number;
  readonly completedBy: string | null;
}

export function userTaskRow(
  { header, processName, caseNumber, title, client }: RowOwner,
  task: UserTask,
  ending: TaskEnding | null,
): RowOf<typeof tables.userTaskTable> {
  const dues = [task.dueAt, task.deadline?.dueAt ?? null].filter((due) => due !== null);
  return {
    ...ownerOf(header),
    user_task_key: task.key,
    root_process_instance_key: header.rootProcessInstanceKey,
    process_definition_key: header.processDefinitionKey,
    process_id: header.processId,
    process_name: processName,
    definition_version: header.definitionVersion,
    element_instance_key: task.elementInstanceKey,
    element_id: task.elementId,
    name: task.name,
    state: ending?.state ?? 'CREATED',
    assignee: task.assignee,
    candidate_users: task.candidateUsers,
    candidate_groups: task.candidateGroups,
    due_at: task.dueAt,
    follow_up_at: task.followUpAt,
    headers: task.headers,
    priority: task.priority,
    form: task.form,
    deadline: task.deadline,
    sort_due_at: dues.length === 0 ? null : Math.min(...dues),
    warn_at: task.deadline?.warnAt ?? null,
    created_at: task.createdAt,
    ended_at: ending?.endedAt ?? null,
    completed_by: ending?.completedBy ?? null,
    case_number: caseNumber,
    case_title: title,
    client,
    case_search: searchText(caseNumber, title, client),
    name_search: searchText(task.name),
  };
}

export function candidateRows(task: UserTask): readonly RowOf<typeof tables.candidateTable>[] {
  const rows = (kind: string, names: readonly string[]) =>
    [...new Set(names)].map((name) => ({ bucket: bucketOf(task.key), user_task_key: task.key, kind, name }));
  return [...rows('user', task.candidateUsers), ...rows('group', task.candidateGroups)];
}

/** What a point of priority is worth, in milliseconds of waiting: so low priority is late, and never starves. */
const PRIORITY_POINT_MS = 10_000;

/** When a job's turn comes among those of its type: waiting makes it older, priority makes it older at once. */
function queueTime({ availableAt, priority }: Job): number {
  return availableAt - priority * PRIORITY_POINT_MS;
}

export type JobEnding = { readonly state: 'COMPLETED' | 'CANCELED' | 'ERROR_THROWN'; readonly endedAt: number };

export function jobRow({ header }: RowOwner, job: Job, ending: JobEnding | null): RowOf<typeof tables.jobTable> {
  return {
    ...ownerOf(header),
    job_key: job.key,
    process_definition_key: header.processDefinitionKey,
    process_id: header.processId,
    definition_version: header.definitionVersion,
    element_instance_key: job.elementInstanceKey,
    element_id: job.elementId,
    type: job.type,
    retries: job.retries,
    priority: job.priority,
    headers: job.headers,
    available_at: job.availableAt,
    queue_at: queueTime(job),
    error_message: job.errorMessage,
    state: ending?.state ?? (job.errorMessage === null ? 'CREATED' : 'FAILED'),
    created_at: job.createdAt,
    ended_at: ending?.endedAt ?? null,
    lease_owner: null,
    lease_until: null,
  };
}

export function timerRow({ header }: RowOwner, timer: Timer): RowOf<typeof tables.timerTable> {
  return {
    ...ownerOf(header),
    timer_key: timer.key,
    element_instance_key: timer.elementInstanceKey,
    element_id: timer.elementId,
    purpose: timer.purpose,
    due_at: timer.dueAt,
    cycle: timer.cycle,
  };
}

export function incidentRow(
  { header }: RowOwner,
  incident: Incident,
  endedAt: number | null,
): RowOf<typeof tables.incidentTable> {
  return {
    ...ownerOf(header),
    incident_key: incident.key,
    process_definition_key: header.processDefinitionKey,
    process_id: header.processId,
    element_instance_key: incident.elementInstanceKey,
    element_id: incident.elementId,
    type: incident.type,
    message: incident.message,
    job_key: incident.jobKey,
    retry: incident.retry,
    created_at: incident.createdAt,
    ended_at: endedAt,
  };
}
