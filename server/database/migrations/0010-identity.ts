import type { Migration } from './schema-editor.ts';

/** People, their groups and roles, and the sessions of browsers. Small reference tables: no bucket. */
export const identity: Migration = {
  id: '0010-identity',
  async up(schema) {
    await schema.createTable({
      name: 'app_user',
      columns: {
        username: 'text',
        name: 'text',
        email: 'text?',
        password_hash: 'text',
        active: 'boolean',
        created_at: 'time',
        password_changed_at: 'time',
      },
      primaryKey: ['username'],
    });
    await schema.createTable({
      name: 'app_group',
      columns: { group_id: 'text', name_ru: 'text', name_en: 'text' },
      primaryKey: ['group_id'],
    });
    await schema.createTable({
      name: 'group_member',
      columns: { username: 'text', group_id: 'text' },
      primaryKey: ['username', 'group_id'],
    });
    await schema.createIndex({ name: 'group_member_by_group', table: 'group_member', columns: ['group_id'] });
    await schema.createTable({
      name: 'user_role',
      columns: { username: 'text', role_id: 'text' },
      primaryKey: ['username', 'role_id'],
    });
    await schema.createTable({
      name: 'user_session',
      columns: {
        token_hash: 'text',
        username: 'text',
        created_at: 'time',
        last_seen_at: 'time',
        expires_at: 'time',
      },
      primaryKey: ['token_hash'],
    });
    await schema.createIndex({ name: 'user_session_by_user', table: 'user_session', columns: ['username'] });
    await schema.createIndex({ name: 'user_session_by_expiry', table: 'user_session', columns: ['expires_at'] });
  },
};
