import { defineTable } from '../database/table-spec.ts';

export const batchTable = defineTable('batch_operation', {
  columns: {
    bucket: 'smallint',
    batch_operation_key: 'key',
    operation_type: 'text',
    state: 'text',
    plan: 'json',
    created_by: 'text?',
    started_at: 'time',
    ended_at: 'time?',
    total: 'integer',
  },
  primaryKey: ['bucket', 'batch_operation_key'],
});

export const batchItemTable = defineTable('batch_operation_item', {
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
});
