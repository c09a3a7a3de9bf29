import type { Migration } from './schema-editor.ts';

/** What decisions were evaluated with which trace, and which DMN files a file was read with when it was deployed. */
export const decisionInstances: Migration = {
  id: '0023-decision-instances',
  async up(schema) {
    await schema.createTable({
      name: 'decision_instance',
      columns: {
        bucket: 'smallint',
        decision_evaluation_key: 'key',
        place: 'integer',
        process_instance_key: 'key?',
        process_definition_key: 'key?',
        element_instance_key: 'key?',
        asked_definition_key: 'key',
        decision_id: 'text',
        decision_name: 'text',
        decision_type: 'text',
        state: 'text',
        failure: 'text?',
        evaluated_at: 'time',
        result: 'json',
        inputs: 'json',
        rules: 'json',
      },
      primaryKey: ['bucket', 'decision_evaluation_key', 'place'],
    });
    await schema.createIndex({
      name: 'decision_instance_by_process',
      table: 'decision_instance',
      columns: ['bucket', 'process_instance_key'],
      where: 'process_instance_key IS NOT NULL',
    });
    await schema.createIndex({
      name: 'decision_instance_by_key',
      table: 'decision_instance',
      columns: ['decision_evaluation_key', 'place'],
    });
    await schema.createTable({
      name: 'resource_import',
      columns: { resource_key: 'key', imported_resource_key: 'key' },
      primaryKey: ['resource_key', 'imported_resource_key'],
    });
  },
};
