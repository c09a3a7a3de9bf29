import type { Migration } from './schema-editor.ts';

/** Roles that an administrator makes beside those that stand in code, roles of groups, and accounts of machines. */
export const ownRoles: Migration = {
  id: '0042-roles',
  async up(schema) {
    await schema.createTable({
      name: 'app_role',
      columns: { role_id: 'text', name: 'text', description: 'text', permissions: 'json' },
      primaryKey: ['role_id'],
    });
    await schema.createTable({
      name: 'group_role',
      columns: { group_id: 'text', role_id: 'text' },
      primaryKey: ['group_id', 'role_id'],
    });
    await schema.createIndex({ name: 'group_role_by_role', table: 'group_role', columns: ['role_id'] });
    await schema.createIndex({ name: 'user_role_by_role', table: 'user_role', columns: ['role_id'] });
    // `person` or `client`: both are accounts, so that a login and a client id are never the same.
    await schema.addColumn('app_user', { name: 'kind', type: 'text', default: "'person'" });
  },
};
