import type { Permission } from '#contract';
import type { Database } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { Refused } from '../http/refused.ts';
import { deleteAuthorizationsOf } from '../identity/authorization-rows.ts';
import { isRoleId } from '../identity/roles.ts';
import { checkedDetails, isGroupOrRoleId, type GroupDetails } from './groups.ts';
import { keepAnAdministrator } from './keep-an-administrator.ts';
import { requireRole, unknownRole } from './role-read-model.ts';
import { roleTable } from './user-tables.ts';

/** Roles that an administrator makes. Those that stand in code cannot be changed and are never gone. */
export interface OwnRoles {
  /** It may do nothing until it is given permissions or authorisations. @throws Refused `invalid-request`, `conflict` */
  create(roleId: string, details: GroupDetails): Promise<void>;
  /** @throws Refused `not-found`, `invalid-request`, `forbidden` (stands in code) */
  update(roleId: string, details: GroupDetails): Promise<void>;
  /** All of them at once. @throws Refused `not-found`, `forbidden`, `conflict` (it would shut the last administrator out) */
  setPermissions(roleId: string, permissions: readonly Permission[]): Promise<void>;
  /** Whoever has it loses it, and what it was authorised to. @throws Refused `not-found`, `forbidden` */
  remove(roleId: string): Promise<void>;
}

/** @param deps `onChange` is told when what somebody may do has changed */
export function createOwnRoles(deps: { readonly database: Database; readonly onChange?: () => void }): OwnRoles {
  const { database, onChange = () => undefined } = deps;
  return {
    create: (roleId, details) =>
      inTransaction(database, async (tx) => {
        if (!isGroupOrRoleId(roleId)) {
          throw new Refused('invalid-request', {
            ru: 'roleId: буквы, цифры, . - _ @ + ~; до 100 знаков.',
            en: 'roleId: letters, digits, . - _ @ + ~; up to 100.',
          });
        }
        const row = { role_id: roleId, ...checkedDetails(details), permissions: [] };
        if (!isRoleId(roleId) && (await insertNewRows(tx, roleTable, [row])).length > 0) return;
        throw new Refused('conflict', {
          ru: `Роль «${roleId}» уже есть. Выберите другой идентификатор.`,
          en: `There is a role "${roleId}" already. Choose another id.`,
        });
      }),

    update: (roleId, details) =>
      inTransaction(database, async (tx) => {
        requireOwn(roleId);
        const { name, description } = checkedDetails(details);
        const changed = await queryRows(
          tx,
          'UPDATE app_role SET name = ?, description = ? WHERE role_id = ? RETURNING role_id',
          [name, description, roleId],
        );
        if (changed.length === 0) throw unknownRole(roleId);
      }),

    setPermissions: (roleId, permissions) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        requireOwn(roleId);
        await keepAnAdministrator(tx, async () => {
          const sql = 'UPDATE app_role SET permissions = ? WHERE role_id = ? RETURNING role_id';
          const changed = await queryRows(tx, sql, [JSON.stringify([...new Set(permissions)]), roleId]);
          if (changed.length === 0) throw unknownRole(roleId);
        });
      }),

    remove: (roleId) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        requireOwn(roleId);
        await requireRole(tx, roleId);
        for (const table of ['app_role', 'user_role', 'group_role'])
          await queryRows(tx, `DELETE FROM ${table} WHERE role_id = ?`, [roleId]);
        await deleteAuthorizationsOf(tx, 'ROLE', roleId);
      }),
  };
}

function requireOwn(roleId: string): void {
  if (!isRoleId(roleId)) return;
  throw new Refused('forbidden', {
    ru: `Роль «${roleId}» встроенная: её нельзя изменить или удалить. Заведите свою.`,
    en: `The role "${roleId}" is built in and can be neither changed nor deleted. Make one of your own.`,
  });
}
