import type { Migration, SchemaEditor } from './schema-editor.ts';

/** Every row of an instance carries these first: bucket for sharding, and the instance it belongs to. */
const OWNER = { bucket: 'smallint', process_instance_key: 'key' } as const;

/** The rows of running process instances. Ended rows stay with `ended_at`, so that the story of a case is complete. */
export const instances: Migration = {
  id: '0003-instances',
  async up(schema) {
    await processInstance(schema);
    await elements(schema);
    await userTasks(schema);
    await waits(schema);
  },
};

async function processInstance(schema: SchemaEditor): Promise<void> {
  await schema.createTable({
    name: 'process_instance',
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
      tags: 'json',
      state: 'text',
      started_at: 'time',
      ended_at: 'time?',
      history_length: 'integer',
      case_number: 'text?',
      title: 'text?',
      client: 'text?',
      case_search: 'text',
    },
    primaryKey: ['bucket', 'process_instance_key'],
    hot: true,
  });
  const index = (name: string, columns: readonly string[], where?: string) =>
    schema.createIndex({ name, table: 'process_instance', columns, ...(where === undefined ? {} : { where }) });
  await index('process_instance_by_root', ['bucket', 'root_process_instance_key']);
  await index('process_instance_by_state', ['state', 'started_at', 'process_instance_key']);
  await index('process_instance_by_process', ['process_id', 'state', 'started_at']);
  await index('process_instance_by_number', ['case_number'], 'case_number IS NOT NULL');
  await index('process_instance_by_business_id', ['business_id'], 'business_id IS NOT NULL');
}

async function elements(schema: SchemaEditor): Promise<void> {
  await schema.createTable({
    name: 'element_instance',
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
    },
    primaryKey: ['bucket', 'element_instance_key'],
    hot: true,
  });
  await schema.createTable({
    name: 'variable',
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
    hot: true,
  });
  await schema.createTable({
    name: 'token',
    columns: { ...OWNER, token_key: 'key', scope_key: 'key', element_id: 'text', flow_id: 'text', arrived_at: 'time' },
    primaryKey: ['bucket', 'process_instance_key', 'token_key'],
    hot: true,
  });
  await schema.createTable({
    name: 'loop_result',
    columns: { ...OWNER, loop_result_key: 'key', body_key: 'key', loop_index: 'integer', value: 'json' },
    primaryKey: ['bucket', 'process_instance_key', 'loop_result_key'],
  });
  await schema.createTable({
    name: 'history_event',
    columns: { ...OWNER, sequence: 'integer', at: 'time', actor: 'text?', kind: 'text', event: 'json' },
    primaryKey: ['bucket', 'process_instance_key', 'sequence'],
  });
  for (const table of ['element_instance', 'variable']) await ofInstance(schema, table);
}

async function userTasks(schema: SchemaEditor): Promise<void> {
  await schema.createTable({
    name: 'user_task',
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
      // The earlier of due date and deadline: what the work list sorts and colours by.
      sort_due_at: 'time?',
      warn_at: 'time?',
      created_at: 'time',
      ended_at: 'time?',
      completed_by: 'text?',
      case_number: 'text?',
      case_title: 'text?',
      client: 'text?',
      // Lower case: neither database folds Cyrillic by itself.
      case_search: 'text',
      name_search: 'text',
    },
    primaryKey: ['bucket', 'user_task_key'],
    hot: true,
  });
  await schema.createTable({
    name: 'user_task_candidate',
    columns: { bucket: 'smallint', user_task_key: 'key', kind: 'text', name: 'text' },
    primaryKey: ['bucket', 'user_task_key', 'kind', 'name'],
  });
  await ofInstance(schema, 'user_task');
  await schema.createIndex({
    name: 'user_task_by_assignee',
    table: 'user_task',
    columns: ['assignee', 'sort_due_at', 'user_task_key'],
    where: 'ended_at IS NULL AND assignee IS NOT NULL',
  });
  await schema.createIndex({
    name: 'user_task_open',
    table: 'user_task',
    columns: ['sort_due_at', 'user_task_key'],
    where: 'ended_at IS NULL',
  });
  await schema.createIndex({
    name: 'user_task_by_root',
    table: 'user_task',
    columns: ['bucket', 'root_process_instance_key'],
  });
  // Only open tasks have candidates, so this stays as small as the work to do.
  await schema.createIndex({
    name: 'user_task_candidate_by_name',
    table: 'user_task_candidate',
    columns: ['kind', 'name', 'bucket', 'user_task_key'],
  });
}

async function waits(schema: SchemaEditor): Promise<void> {
  await schema.createTable({
    name: 'job',
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
      headers: 'json',
      available_at: 'time',
      error_message: 'text?',
      state: 'text',
      created_at: 'time',
      ended_at: 'time?',
      // Not indexed, so that a heartbeat or a claim is an update in place.
      lease_owner: 'text?',
      lease_until: 'time?',
      lease_epoch: 'integer',
      attempts: 'integer',
    },
    primaryKey: ['bucket', 'job_key'],
    defaults: { lease_epoch: '0', attempts: '0' },
    hot: true,
  });
  await schema.createIndex({
    name: 'job_ready',
    table: 'job',
    columns: ['type', 'available_at', 'job_key'],
    where: 'ended_at IS NULL AND retries > 0',
  });
  await schema.createTable({
    name: 'timer',
    columns: {
      ...OWNER,
      timer_key: 'key',
      element_instance_key: 'key',
      element_id: 'text',
      purpose: 'text',
      due_at: 'time',
      cycle: 'json',
      lease_until: 'time?',
    },
    primaryKey: ['bucket', 'process_instance_key', 'timer_key'],
    hot: true,
  });
  await schema.createIndex({ name: 'timer_due', table: 'timer', columns: ['due_at', 'bucket'] });
  await schema.createTable({
    name: 'message_subscription',
    columns: {
      ...OWNER,
      subscription_key: 'key',
      process_definition_key: 'key',
      process_id: 'text',
      element_instance_key: 'key',
      element_id: 'text',
      message_name: 'text',
      correlation_key: 'text',
      interrupting: 'boolean',
      opened_at: 'time',
    },
    primaryKey: ['bucket', 'process_instance_key', 'subscription_key'],
    hot: true,
  });
  await schema.createIndex({
    name: 'message_subscription_by_key',
    table: 'message_subscription',
    columns: ['message_name', 'correlation_key', 'opened_at'],
  });
  await schema.createTable({
    name: 'incident',
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
  await schema.createIndex({
    name: 'incident_open',
    table: 'incident',
    columns: ['created_at', 'incident_key'],
    where: 'ended_at IS NULL',
  });
  for (const table of ['job', 'incident']) await ofInstance(schema, table);
}

/** Live rows of one instance without walking over its ended ones: the cost of a step must not grow with its past. */
function ofInstance(schema: SchemaEditor, table: string): Promise<void> {
  return schema.createIndex({
    name: `${table}_of_instance`,
    table,
    columns: ['bucket', 'process_instance_key', 'ended_at'],
  });
}
