import type { Migration } from './schema-editor.ts';

/** Blocks of keys, one row per bucket, and the log that makes a repeated command answer as the first one did. */
export const keysAndCommands: Migration = {
  id: '0001-keys-and-commands',
  async up(schema) {
    await schema.createTable({
      name: 'key_block',
      columns: { bucket: 'smallint', next_sequence: 'integer' },
      primaryKey: ['bucket'],
      hot: true,
    });
    await schema.createTable({
      name: 'command_log',
      columns: {
        bucket: 'smallint',
        command_id: 'text',
        request_hash: 'text',
        response: 'json',
        created_at: 'time',
      },
      primaryKey: ['bucket', 'command_id'],
    });
    await schema.createIndex({ name: 'command_log_by_age', table: 'command_log', columns: ['created_at'] });
  },
};
