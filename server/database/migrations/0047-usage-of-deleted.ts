import type { Migration } from './schema-editor.ts';

/** What was done in cases that are deleted by now, by the hour, so that the past can be counted without them. */
export const usageOfDeleted: Migration = {
  id: '0047-usage-of-deleted',
  async up(schema) {
    await schema.createTable({
      name: 'deleted_usage',
      columns: { bucket: 'smallint', hour: 'time', kind: 'text', name: 'text', amount: 'integer' },
      primaryKey: ['bucket', 'hour', 'kind', 'name'],
    });
    await schema.createIndex({ name: 'deleted_usage_by_hour', table: 'deleted_usage', columns: ['kind', 'hour'] });
    // Null for a case that was deleted before, or by a node that did not know: of it only its start can be counted.
    await schema.addColumn('deleted_case', { name: 'usage_kept', type: 'boolean?' });
    await schema.createIndex({ name: 'deleted_case_by_start', table: 'deleted_case', columns: ['started_at'] });
    await schema.createIndex({
      name: 'decision_instance_by_time',
      table: 'decision_instance',
      columns: ['evaluated_at'],
    });
  },
};
