import { defineTable } from '../database/table-spec.ts';

export const userTable = defineTable('app_user', {
  columns: {
    username: 'text',
    name: 'text',
    email: 'text?',
    password_hash: 'text',
    active: 'boolean',
    created_at: 'time',
    password_changed_at: 'time',
    kind: 'text',
  },
  primaryKey: ['username'],
});

export const groupTable = defineTable('app_group', {
  columns: { group_id: 'text', name_ru: 'text', name_en: 'text' },
  primaryKey: ['group_id'],
});

export const memberTable = defineTable('group_member', {
  columns: { username: 'text', group_id: 'text' },
  primaryKey: ['username', 'group_id'],
});

export const userRoleTable = defineTable('user_role', {
  columns: { username: 'text', role_id: 'text' },
  primaryKey: ['username', 'role_id'],
});

/** Roles that an administrator made; the others stand in code (`identity/roles.ts`). */
export const roleTable = defineTable('app_role', {
  columns: { role_id: 'text', name: 'text', description: 'text', permissions: 'json' },
  primaryKey: ['role_id'],
});

export const groupRoleTable = defineTable('group_role', {
  columns: { group_id: 'text', role_id: 'text' },
  primaryKey: ['group_id', 'role_id'],
});
