import type { Migration, SchemaEditor } from './schema-editor.ts';

/**
 * What operators do: instances stand still, and batches of commands run one instance at a time. Rows of before are not suspended.
 */
export const operations: Migration = {
  id: '0021-operations',
  async up(schema) {
    await suspension(schema);
    await batches(schema);
  },
};

/** A wait of a suspended instance is marked, so that whoever looks for work passes over it without looking at its instance. */
async function suspension(schema: SchemaEditor): Promise<void> {
  const held = { name: 'suspended', type: 'boolean', default: 'FALSE' } as const;
  await schema.addColumn('process_instance', { name: 'suspended_at', type: 'time?' });
  for (const table of ['job', 'timer', 'message_subscription', 'signal_subscription']) {
    await schema.addColumn(table, held);
  }
  await schema.run('DROP INDEX IF EXISTS job_ready');
  await schema.createIndex({
    name: 'job_ready',
    table: 'job',
    columns: ['type', 'available_at', 'job_key'],
    where: 'ended_at IS NULL AND retries > 0 AND suspended = FALSE',
  });
  await schema.run('DROP INDEX IF EXISTS timer_due');
  await schema.createIndex({
    name: 'timer_due',
    table: 'timer',
    columns: ['due_at', 'bucket'],
    where: 'suspended = FALSE',
  });
}

async function batches(schema: SchemaEditor): Promise<void> {
  await schema.createTable({
    name: 'batch_operation',
    columns: {
      bucket: 'smallint',
      batch_operation_key: 'key',
      operation_type: 'text',
      state: 'text',
      // What is asked of each instance.
      plan: 'json',
      created_by: 'text?',
      started_at: 'time',
      ended_at: 'time?',
      total: 'integer',
    },
    primaryKey: ['bucket', 'batch_operation_key'],
  });
  await schema.createIndex({
    name: 'batch_operation_open',
    table: 'batch_operation',
    columns: ['batch_operation_key'],
    where: 'ended_at IS NULL',
  });
  // In the bucket of its instance: an item is settled in the transaction that carries it out.
  await schema.createTable({
    name: 'batch_operation_item',
    columns: {
      bucket: 'smallint',
      batch_operation_key: 'key',
      item_key: 'key',
      process_instance_key: 'key',
      state: 'text',
      processed_at: 'time?',
      error_message: 'text?',
    },
    primaryKey: ['bucket', 'batch_operation_key', 'item_key'],
    hot: true,
  });
  await schema.createIndex({
    name: 'batch_operation_item_by_state',
    table: 'batch_operation_item',
    columns: ['batch_operation_key', 'state', 'item_key'],
  });
}
