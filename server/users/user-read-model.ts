import type { Executor } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';
import { decodeRows } from '../database/write-rows.ts';
import type { RowOf } from '../database/table-spec.ts';
import { userTable } from './user-tables.ts';

export type UserRow = RowOf<typeof userTable>;

/** The account of a login, inactive ones included. */
export async function findUser(executor: Executor, username: string): Promise<UserRow | null> {
  const rows = await queryRows(executor, 'SELECT * FROM app_user WHERE username = ?', [username]);
  return decodeRows(userTable, rows)[0] ?? null;
}

export interface Memberships {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
}

/** Groups of one person, and roles given to them or to a group they are in; each once, in alphabetical order. */
export async function findMemberships(executor: Executor, username: string): Promise<Memberships> {
  const rows = await queryRows<{ kind: string; id: string }>(
    executor,
    `SELECT 'group' AS kind, group_id AS id FROM group_member WHERE username = ?
     UNION SELECT 'role', role_id FROM user_role WHERE username = ?
     UNION SELECT 'role', r.role_id FROM group_member m JOIN group_role r ON r.group_id = m.group_id WHERE m.username = ?
     ORDER BY 1, 2`,
    [username, username, username],
  );
  return {
    groups: rows.filter(({ kind }) => kind === 'group').map(({ id }) => id),
    roles: rows.filter(({ kind }) => kind === 'role').map(({ id }) => id),
  };
}

/** Active members of a group, by login. */
export async function findMembers(executor: Executor, groupId: string): Promise<readonly string[]> {
  const rows = await queryRows<{ username: string }>(
    executor,
    `SELECT m.username FROM group_member m JOIN app_user u ON u.username = m.username
     WHERE m.group_id = ? AND u.kind = 'person' AND u.active = ? ORDER BY m.username`,
    [groupId, true],
  );
  return rows.map(({ username }) => username);
}
