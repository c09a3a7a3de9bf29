import type { Migration } from './schema-editor.ts';

/** Who may do what with which resource, in the words of the Camunda 8 API. */
export const authorizations: Migration = {
  id: '0043-authorizations',
  async up(schema) {
    await schema.createTable({
      name: 'authorization_rule',
      columns: {
        authorization_key: 'key',
        owner_type: 'text',
        owner_id: 'text',
        resource_type: 'text',
        resource_id: 'text',
        permission_types: 'json',
      },
      primaryKey: ['authorization_key'],
    });
    await schema.createIndex({
      name: 'authorization_rule_by_owner',
      table: 'authorization_rule',
      columns: ['owner_type', 'owner_id'],
    });
  },
};
