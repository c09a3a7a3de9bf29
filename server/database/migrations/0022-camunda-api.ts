import type { Migration } from './schema-editor.ts';

/**
 * What the Camunda 8 API asks for: jobs offered by a priority that ages, whoever got a message looked up after the message
 * is forgotten, groups with a description.
 */
export const camundaApi: Migration = {
  id: '0022-camunda-api',
  async up(schema) {
    await schema.addColumn('job', { name: 'priority', type: 'integer', default: '0' });
    // When its turn comes: the time it became available, earlier by its priority (server/runtime/instance-rows.ts).
    await schema.addColumn('job', { name: 'queue_at', type: 'time', default: '0' });
    await schema.run('UPDATE job SET queue_at = available_at WHERE queue_at = 0 AND ended_at IS NULL');
    await schema.createIndex({
      name: 'job_queue',
      table: 'job',
      columns: ['type', 'queue_at', 'job_key'],
      where: 'ended_at IS NULL AND retries > 0 AND suspended = FALSE',
    });
    await schema.run('DROP INDEX IF EXISTS job_ready');
    await schema.addColumn('app_group', { name: 'description', type: 'text', default: "''" });
    await schema.addColumn('message_correlation', { name: 'element_instance_key', type: 'key?' });
    await schema.addColumn('message_correlation', { name: 'start_subscription_key', type: 'key?' });
    // In the bucket of the message, whose transaction writes it.
    await schema.createTable({
      name: 'correlated_subscription',
      columns: {
        bucket: 'smallint',
        message_key: 'key',
        process_id: 'text',
        process_instance_key: 'key',
        process_definition_key: 'key?',
        subscription_key: 'key',
        element_id: 'text',
        element_instance_key: 'key?',
        message_name: 'text',
        correlation_key: 'text',
        correlated_at: 'time',
      },
      primaryKey: ['bucket', 'message_key', 'subscription_key'],
    });
    await schema.createIndex({
      name: 'correlated_subscription_of_instance',
      table: 'correlated_subscription',
      columns: ['process_instance_key'],
    });
    await schema.createIndex({
      name: 'correlated_subscription_by_name',
      table: 'correlated_subscription',
      columns: ['message_name', 'correlation_key'],
    });
  },
};
