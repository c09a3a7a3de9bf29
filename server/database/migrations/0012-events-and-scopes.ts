import type { Migration } from './schema-editor.ts';

const OWNER = { bucket: 'smallint', process_instance_key: 'key' } as const;

/**
 * What an instance remembers of events and finished scopes. Rows of before have nothing to remember: their elements get an
 * empty memory, and their starts are the only definition of their event.
 */
export const eventsAndScopes: Migration = {
  id: '0012-events-and-scopes',
  async up(schema) {
    await schema.addColumn('element_instance', { name: 'memory', type: 'json', default: "'null'" });
    await schema.createTable({
      name: 'loop_item',
      columns: { ...OWNER, body_key: 'key', items: 'json' },
      primaryKey: ['bucket', 'process_instance_key', 'body_key'],
    });
    await schema.createTable({
      name: 'compensation_record',
      columns: {
        ...OWNER,
        record_key: 'key',
        scope_key: 'key',
        element_instance_key: 'key',
        element_id: 'text',
        element_type: 'text',
        handler_id: 'text?',
        snapshot: 'json',
        called_instance_key: 'key?',
      },
      primaryKey: ['bucket', 'process_instance_key', 'record_key'],
    });
    const waiting = {
      ...OWNER,
      subscription_key: 'key',
      process_definition_key: 'key',
      process_id: 'text',
      element_instance_key: 'key',
      element_id: 'text',
      interrupting: 'boolean',
      opened_at: 'time',
    } as const;
    await schema.createTable({
      name: 'signal_subscription',
      columns: { ...waiting, signal_name: 'text' },
      primaryKey: ['bucket', 'process_instance_key', 'subscription_key'],
      hot: true,
    });
    await schema.createIndex({
      name: 'signal_subscription_by_name',
      table: 'signal_subscription',
      columns: ['signal_name', 'subscription_key'],
    });
    // Looked at by its own instance only, so the primary key is all it needs.
    await schema.createTable({
      name: 'condition_subscription',
      columns: { ...waiting, definition_index: 'integer', holds: 'boolean' },
      primaryKey: ['bucket', 'process_instance_key', 'subscription_key'],
      hot: true,
    });
    await schema.addColumn('start_subscription', { name: 'signal_name', type: 'text?' });
    await schema.addColumn('start_subscription', { name: 'definition_index', type: 'integer', default: '0' });
    await schema.addColumn('message_correlation', { name: 'definition_index', type: 'integer', default: '0' });
    await schema.createIndex({
      name: 'start_subscription_by_signal',
      table: 'start_subscription',
      columns: ['signal_name'],
      where: 'signal_name IS NOT NULL',
    });
  },
};
