import { defineTable } from '../database/table-spec.ts';

const OWNER = { bucket: 'smallint', process_instance_key: 'key' } as const;

export const processInstanceTable = defineTable('process_instance', {
  columns: {
    ...OWNER,
    root_process_instance_key: 'key',
    parent_process_instance_key: 'key?',
    parent_element_instance_key: 'key?',
    parent_catches: 'json',
    call_depth: 'smallint',
    process_definition_key: 'key',
    deployment_key: 'key',
    process_id: 'text',
    process_name: 'text',
    definition_version: 'integer',
    version_tag: 'text?',
    business_id: 'text?',
    conversation_key: 'text?',
    tags: 'json',
    state: 'text',
    started_at: 'time',
    ended_at: 'time?',
    suspended_at: 'time?',
    history_length: 'integer',
    case_number: 'text?',
    title: 'text?',
    client: 'text?',
    case_search: 'text',
  },
  primaryKey: ['bucket', 'process_instance_key'],
});

export const elementTable = defineTable('element_instance', {
  columns: {
    ...OWNER,
    element_instance_key: 'key',
    element_id: 'text',
    element_type: 'text',
    scope_key: 'key?',
    state: 'text',
    started_at: 'time',
    ended_at: 'time?',
    loop: 'json',
    loop_index: 'integer?',
    called_instance_key: 'key?',
    memory: 'json',
  },
  primaryKey: ['bucket', 'element_instance_key'],
});

export const variableTable = defineTable('variable', {
  columns: {
    ...OWNER,
    variable_key: 'key',
    scope_key: 'key',
    name: 'text',
    value: 'json',
    updated_at: 'time',
    ended_at: 'time?',
  },
  primaryKey: ['bucket', 'variable_key'],
});

export const tokenTable = defineTable('token', {
  columns: { ...OWNER, token_key: 'key', scope_key: 'key', element_id: 'text', flow_id: 'text', arrived_at: 'time' },
  primaryKey: ['bucket', 'process_instance_key', 'token_key'],
});

export const userTaskTable = defineTable('user_task', {
  columns: {
    ...OWNER,
    user_task_key: 'key',
    root_process_instance_key: 'key',
    process_definition_key: 'key',
    process_id: 'text',
    process_name: 'text',
    definition_version: 'integer',
    element_instance_key: 'key',
    element_id: 'text',
    name: 'text',
    state: 'text',
    assignee: 'text?',
    candidate_users: 'json',
    candidate_groups: 'json',
    due_at: 'time?',
    follow_up_at: 'time?',
    priority: 'integer',
    form: 'json',
    headers: 'json',
    deadline: 'json',
    sort_due_at: 'time?',
    warn_at: 'time?',
    created_at: 'time',
    ended_at: 'time?',
    completed_by: 'text?',
    case_number: 'text?',
    case_title: 'text?',
    client: 'text?',
    case_search: 'text',
    name_search: 'text',
  },
  primaryKey: ['bucket', 'user_task_key'],
});

export const candidateTable = defineTable('user_task_candidate', {
  columns: { bucket: 'smallint', user_task_key: 'key', kind: 'text', name: 'text' },
  primaryKey: ['bucket', 'user_task_key', 'kind', 'name'],
});

/** All candidates of a task by the task, which stands here for the key. */
export const candidatesOfTaskTable = defineTable('user_task_candidate', {
  columns: { bucket: 'smallint', user_task_key: 'key' },
  primaryKey: ['bucket', 'user_task_key'],
});

/**
 * Without `lease_epoch` and `attempts`, which only the worker counts. A change by the engine always frees the lease: the
 * job is new, failed, or over.
 */
export const jobTable = defineTable('job', {
  columns: {
    ...OWNER,
    job_key: 'key',
    process_definition_key: 'key',
    process_id: 'text',
    definition_version: 'integer',
    element_instance_key: 'key',
    element_id: 'text',
    type: 'text',
    retries: 'integer',
    priority: 'integer',
    headers: 'json',
    available_at: 'time',
    queue_at: 'time',
    error_message: 'text?',
    state: 'text',
    created_at: 'time',
    ended_at: 'time?',
    lease_owner: 'text?',
    lease_until: 'time?',
  },
  primaryKey: ['bucket', 'job_key'],
});

export const timerTable = defineTable('timer', {
  columns: {
    ...OWNER,
    timer_key: 'key',
    element_instance_key: 'key',
    element_id: 'text',
    purpose: 'text',
    due_at: 'time',
    cycle: 'json',
  },
  primaryKey: ['bucket', 'process_instance_key', 'timer_key'],
});

export const incidentTable = defineTable('incident', {
  columns: {
    ...OWNER,
    incident_key: 'key',
    process_definition_key: 'key',
    process_id: 'text',
    element_instance_key: 'key',
    element_id: 'text',
    type: 'text',
    message: 'text',
    job_key: 'key?',
    retry: 'json',
    created_at: 'time',
    ended_at: 'time?',
  },
  primaryKey: ['bucket', 'incident_key'],
});

export const historyTable = defineTable('history_event', {
  columns: { ...OWNER, sequence: 'integer', at: 'time', actor: 'text?', kind: 'text', event: 'json' },
  primaryKey: ['bucket', 'process_instance_key', 'sequence'],
});

export const outboxTable = defineTable('outbox', {
  columns: {
    bucket: 'smallint',
    outbox_id: 'text',
    kind: 'text',
    payload: 'json',
    created_at: 'time',
    available_at: 'time',
    attempts: 'integer',
    error_message: 'text?',
  },
  primaryKey: ['bucket', 'outbox_id'],
});

/** What a step changes of a stored row, where that is much less than the row. */
export const endedInstanceTable = defineTable('process_instance', {
  columns: { ...OWNER, state: 'text', ended_at: 'time?', history_length: 'integer' },
  primaryKey: ['bucket', 'process_instance_key'],
});

/** Of an instance that goes on: naming its state, too, would write two indexes anew with every step (SQLite). */
export const movedInstanceTable = defineTable('process_instance', {
  columns: { ...OWNER, history_length: 'integer' },
  primaryKey: ['bucket', 'process_instance_key'],
});

export const endedElementTable = defineTable('element_instance', {
  columns: { bucket: 'smallint', element_instance_key: 'key', state: 'text', ended_at: 'time?' },
  primaryKey: ['bucket', 'element_instance_key'],
});

export const changedVariableTable = defineTable('variable', {
  columns: { bucket: 'smallint', variable_key: 'key', value: 'json', updated_at: 'time', ended_at: 'time?' },
  primaryKey: ['bucket', 'variable_key'],
});

/** For variables whose scope ended without touching them. */
export const endedVariableTable = defineTable('variable', {
  columns: { bucket: 'smallint', variable_key: 'key', ended_at: 'time?' },
  primaryKey: ['bucket', 'variable_key'],
});

export const endedUserTaskTable = defineTable('user_task', {
  columns: { bucket: 'smallint', user_task_key: 'key', state: 'text', ended_at: 'time?', completed_by: 'text?' },
  primaryKey: ['bucket', 'user_task_key'],
});

export const endedJobTable = defineTable('job', {
  columns: {
    bucket: 'smallint',
    job_key: 'key',
    state: 'text',
    ended_at: 'time?',
    lease_owner: 'text?',
    lease_until: 'time?',
  },
  primaryKey: ['bucket', 'job_key'],
});

export const endedIncidentTable = defineTable('incident', {
  columns: { bucket: 'smallint', incident_key: 'key', ended_at: 'time?' },
  primaryKey: ['bucket', 'incident_key'],
});
