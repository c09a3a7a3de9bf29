import type { Migration } from './schema-editor.ts';

/** Rows of the registers and what was changed in them. Indexes on the fields of a register are made when it is deployed. */
export const registers: Migration = {
  id: '0029-registers',
  async up(schema) {
    await schema.createTable({
      name: 'register_row',
      columns: {
        register_key: 'text',
        row_key: 'text',
        version: 'integer',
        content: 'json',
        sort_values: 'json',
        label: 'text',
        search: 'text',
        created_at: 'time',
        updated_at: 'time',
        updated_by: 'text?',
      },
      primaryKey: ['register_key', 'row_key'],
    });
    // The search box looks for a part of a text: no index finds that, but this one spares reading the rows.
    await schema.createIndex({
      name: 'register_row_search',
      table: 'register_row',
      columns: ['register_key', 'search', 'row_key'],
    });
    await schema.createTable({
      name: 'register_change',
      columns: {
        register_key: 'text',
        row_key: 'text',
        version: 'integer',
        kind: 'text',
        changes: 'json',
        changed_at: 'time',
        changed_by: 'text?',
        origin: 'text',
      },
      primaryKey: ['register_key', 'row_key', 'version'],
    });
  },
};
