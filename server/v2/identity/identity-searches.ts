import { ROLES } from '../../identity/roles.ts';
import type { Condition } from '../../user-tasks/task-visibility.ts';
import { TENANT, type SearchSpec } from '../search/search-spec.ts';

/** Accounts; who is shown is `OPEN_ACCOUNTS` beside. */
export const userSearch: SearchSpec = {
  scope: { sql: 'u.username' },
  from: 'app_user u',
  select: 'u.username, u.name, u.email',
  key: ['u.username'],
  keyKind: 'text',
  filters: {
    username: { kind: 'text', sql: 'u.username' },
    name: { kind: 'text', sql: 'u.name' },
    email: { kind: 'text', sql: 'u.email' },
  },
  sorts: {
    username: { sql: 'u.username', kind: 'text' },
    name: { sql: 'u.name', kind: 'text' },
    email: { sql: 'u.email', kind: 'text', nullable: true },
  },
};

/** An account that was shut is gone from every search, and its history stays. */
export const OPEN_ACCOUNTS: Condition = { sql: `u.active = TRUE AND u.kind = 'person'`, parameters: [] };

/** The same of machines. */
export const OPEN_CLIENTS: Condition = { sql: `u.active = TRUE AND u.kind = 'client'`, parameters: [] };

export const inGroup = (groupId: string): Condition => ({
  sql: 'EXISTS (SELECT 1 FROM group_member m WHERE m.username = u.username AND m.group_id = ?)',
  parameters: [groupId],
});

/** To whom it was given by name; members of a group with the role are found by the group. */
export const hasRole = (roleId: string): Condition => ({
  sql: 'EXISTS (SELECT 1 FROM user_role r WHERE r.username = u.username AND r.role_id = ?)',
  parameters: [roleId],
});

/** Members of a group, or holders of a role, by login alone. */
export const memberSearch: SearchSpec = {
  ...userSearch,
  filters: {},
  sorts: { username: { sql: 'u.username', kind: 'text' } },
};

/** The same of machines, whose login the API calls `clientId`. */
export const clientSearch: SearchSpec = {
  ...memberSearch,
  sorts: { clientId: { sql: 'u.username', kind: 'text' } },
};

export const groupSearch: SearchSpec = {
  scope: { sql: 'g.group_id' },
  from: 'app_group g',
  select: 'g.group_id, g.name_ru, g.name_en, g.description',
  key: ['g.group_id'],
  keyKind: 'text',
  filters: {
    groupId: { kind: 'text', sql: 'g.group_id' },
    name: { kind: 'text', sql: 'g.name_ru', simple: true },
  },
  sorts: {
    groupId: { sql: 'g.group_id', kind: 'text' },
    name: { sql: 'g.name_ru', kind: 'text' },
  },
};

/** Ids of groups alone. */
export const groupIdSearch: SearchSpec = {
  ...groupSearch,
  filters: {},
  sorts: { groupId: { sql: 'g.group_id', kind: 'text' } },
};

/** Those that stand in code become rows beside those that were made, so that one search serves all. */
const ROLE_ROWS = [
  ...Object.entries(ROLES).map(
    ([id, { name }]) =>
      `SELECT CAST('${id}' AS text) AS role_id, CAST('${name.ru}' AS text) AS name, CAST('' AS text) AS description`,
  ),
  'SELECT role_id, name, description FROM app_role',
].join(' UNION ALL ');

export const roleSearch: SearchSpec = {
  scope: { sql: 'r.role_id' },
  from: `(${ROLE_ROWS}) r`,
  select: 'r.role_id, r.name, r.description',
  key: ['r.role_id'],
  keyKind: 'text',
  filters: {
    roleId: { kind: 'text', sql: 'r.role_id', simple: true },
    name: { kind: 'text', sql: 'r.name', simple: true },
  },
  sorts: {
    roleId: { sql: 'r.role_id', kind: 'text' },
    name: { sql: 'r.name', kind: 'text' },
  },
};

export const TENANT_NAME = 'Default';

export const tenantSearch: SearchSpec = {
  from: `(SELECT CAST('${TENANT}' AS text) AS tenant_id, CAST('${TENANT_NAME}' AS text) AS name) t`,
  select: 't.tenant_id, t.name',
  key: ['t.tenant_id'],
  keyKind: 'text',
  filters: {
    tenantId: { kind: 'text', sql: 't.tenant_id', simple: true },
    name: { kind: 'text', sql: 't.name', simple: true },
  },
  sorts: {
    tenantId: { sql: 't.tenant_id', kind: 'text' },
    name: { sql: 't.name', kind: 'text' },
    key: { sql: 't.tenant_id', kind: 'text' },
  },
};
