import type { Database, Executor } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { Refused } from '../http/refused.ts';
import { isRoleId, type RoleId } from '../identity/roles.ts';
import { requireUser } from './require-user.ts';
import { userRoleTable } from './user-tables.ts';

/** Who has which role. The roles themselves stand in code (`identity/roles.ts`). */
export interface UserRoles {
  /** @throws Refused `not-found` (role or login), `conflict` (has it already) */
  assign(roleId: string, username: string): Promise<void>;
  /** @throws Refused `not-found`, `conflict` (the last administrator) */
  unassign(roleId: string, username: string): Promise<void>;
}

const ADMINISTRATOR: RoleId = 'administrator';

/** @param deps `onChange` is told when what somebody may do has changed */
export function createUserRoles(deps: { readonly database: Database; readonly onChange?: () => void }): UserRoles {
  const { database, onChange = () => undefined } = deps;
  return {
    assign: (roleId, login) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        requireRole(roleId);
        const username = await requireUser(tx, login);
        const added = await insertNewRows(tx, userRoleTable, [{ username, role_id: roleId }]);
        if (added.length > 0) return;
        throw new Refused('conflict', {
          ru: `У «${username}» уже есть роль «${roleId}».`,
          en: `"${username}" has the role "${roleId}" already.`,
        });
      }),

    unassign: (roleId, login) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        requireRole(roleId);
        const username = await requireUser(tx, login);
        if (roleId === ADMINISTRATOR) await keepAnAdministrator(tx, username);
        const gone = await queryRows(
          tx,
          'DELETE FROM user_role WHERE role_id = ? AND username = ? RETURNING username',
          [roleId, username],
        );
        if (gone.length > 0) return;
        throw new Refused('not-found', {
          ru: `У «${username}» нет роли «${roleId}».`,
          en: `"${username}" does not have the role "${roleId}".`,
        });
      }),
  };
}

/** @throws Refused `not-found` */
export function requireRole(roleId: string): RoleId {
  if (isRoleId(roleId)) return roleId;
  throw new Refused('not-found', { ru: `Роли «${roleId}» нет.`, en: `There is no role "${roleId}".` });
}

/**
 * Whoever is about to go must leave an active administrator behind, or nobody could mend anything but by the command line.
 * The rows are locked, so that two administrators do not remove each other at once.
 * @throws Refused `conflict`
 */
export async function keepAnAdministrator(tx: Executor, leaving: string): Promise<void> {
  const rows = await queryRows<{ username: string }>(
    tx,
    `SELECT r.username FROM user_role r JOIN app_user u ON u.username = r.username
     WHERE r.role_id = ? AND u.active = ?${tx.dialect.forUpdate}`,
    [ADMINISTRATOR, true],
  );
  if (rows.length !== 1 || rows[0]!.username !== leaving) return;
  throw new Refused('conflict', {
    ru: `«${leaving}» — последний администратор. Сначала назначьте другого.`,
    en: `"${leaving}" is the last administrator. Appoint another one first.`,
  });
}
