import type { Migration } from './schema-editor.ts';

/** Files that programs keep here by an id of theirs (`/v2/documents`), and the order in which people look through instances and tasks. */
export const filesAndSearch: Migration = {
  id: '0024-files-and-search',
  async up(schema) {
    await schema.createTable({
      name: 'api_file',
      columns: {
        bucket: 'smallint',
        file_id: 'text',
        name: 'text',
        mime_type: 'text',
        size: 'integer',
        sha256: 'text',
        facts: 'json',
        expires_at: 'time?',
        created_by: 'text',
        created_at: 'time',
      },
      primaryKey: ['bucket', 'file_id'],
    });
    await schema.createIndex({ name: 'api_file_by_content', table: 'api_file', columns: ['sha256'] });
    await schema.createIndex({
      name: 'api_file_expiry',
      table: 'api_file',
      columns: ['expires_at'],
      where: 'expires_at IS NOT NULL',
    });
    // Written once per row: neither column ever changes.
    await schema.createIndex({
      name: 'process_instance_by_start',
      table: 'process_instance',
      columns: ['started_at', 'process_instance_key'],
    });
    // With the key at its end the order is whole: without it SQLite would rather walk all instances by their start.
    await schema.run('DROP INDEX IF EXISTS process_instance_by_process');
    await schema.createIndex({
      name: 'process_instance_by_process',
      table: 'process_instance',
      columns: ['process_id', 'state', 'started_at', 'process_instance_key'],
    });
    await schema.createIndex({
      name: 'user_task_by_creation',
      table: 'user_task',
      columns: ['created_at', 'user_task_key'],
    });
  },
};
