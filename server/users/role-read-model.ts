import type { Permission } from '#contract';
import { queryRows, type Executor } from '../database/connect.ts';
import type { RowOf } from '../database/table-spec.ts';
import { decodeRows } from '../database/write-rows.ts';
import { Refused } from '../http/refused.ts';
import { isRoleId } from '../identity/roles.ts';
import { roleTable } from './user-tables.ts';

export type RoleRow = RowOf<typeof roleTable>;

/** Permissions of those roles that do not stand in code; nothing is asked while there are none among them. */
export async function findOwnPermissions(
  executor: Executor,
  roles: readonly string[],
): Promise<ReadonlyMap<string, readonly Permission[]>> {
  const own = roles.filter((role) => !isRoleId(role));
  if (own.length === 0) return new Map();
  const rows = await queryRows(
    executor,
    `SELECT * FROM app_role WHERE role_id IN (${executor.dialect.listFromJson('text')})`,
    [JSON.stringify(own)],
  );
  return new Map(decodeRows(roleTable, rows).map((row) => [row.role_id, row.permissions as readonly Permission[]]));
}

export async function listOwnRoles(executor: Executor): Promise<readonly RoleRow[]> {
  return decodeRows(roleTable, await queryRows(executor, 'SELECT * FROM app_role ORDER BY role_id'));
}

/**
 * @param lock `forShare` of the dialect for what will point to the role: until it is stored, nobody deletes the role
 * @throws Refused `not-found` for a role that neither stands in code nor was made
 */
export async function requireRole(executor: Executor, roleId: string, lock = ''): Promise<string> {
  if (isRoleId(roleId)) return roleId;
  const rows = await queryRows(executor, `SELECT role_id FROM app_role WHERE role_id = ?${lock}`, [roleId]);
  if (rows.length === 0) throw unknownRole(roleId);
  return roleId;
}

export function unknownRole(roleId: string): Refused {
  return new Refused('not-found', { ru: `Роли «${roleId}» нет.`, en: `There is no role "${roleId}".` });
}
