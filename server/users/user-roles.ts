import type { Database, Executor } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { Refused } from '../http/refused.ts';
import { requireGroup } from './groups.ts';
import { keepAnAdministrator } from './keep-an-administrator.ts';
import { requireAccount, type AccountKind } from './require-user.ts';
import { requireRole } from './role-read-model.ts';
import { groupRoleTable, userRoleTable } from './user-tables.ts';

/** Whom a role is given to: a person, a machine, or everybody in a group. */
export interface RoleHolder {
  readonly kind: AccountKind | 'group';
  readonly id: string;
}

/** Who has which role. */
export interface UserRoles {
  /** @throws Refused `not-found` (role or holder), `conflict` (has it already, or the last administrator would be of another organisation) */
  assign(roleId: string, holder: RoleHolder): Promise<void>;
  /** @throws Refused `not-found`, `conflict` (the last administrator) */
  unassign(roleId: string, holder: RoleHolder): Promise<void>;
}

/** @param deps `onChange` is told when what somebody may do has changed */
export function createUserRoles(deps: { readonly database: Database; readonly onChange?: () => void }): UserRoles {
  const { database, onChange = () => undefined } = deps;
  return {
    assign: (roleId, holder) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        // The role of people from outside takes every other away.
        await keepAnAdministrator(tx, async () => {
          await requireRole(tx, roleId, tx.dialect.forShare);
          const id = await requireHolder(tx, holder, tx.dialect.forShare);
          const added =
            holder.kind === 'group'
              ? await insertNewRows(tx, groupRoleTable, [{ group_id: id, role_id: roleId }])
              : await insertNewRows(tx, userRoleTable, [{ username: id, role_id: roleId }]);
          if (added.length > 0) return;
          throw new Refused('conflict', {
            ru: `У «${id}» уже есть роль «${roleId}».`,
            en: `"${id}" has the role "${roleId}" already.`,
          });
        });
      }),

    unassign: (roleId, holder) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        await requireRole(tx, roleId);
        const id = await requireHolder(tx, holder);
        await keepAnAdministrator(tx, async () => {
          const gone = await queryRows(
            tx,
            holder.kind === 'group'
              ? 'DELETE FROM group_role WHERE role_id = ? AND group_id = ? RETURNING role_id'
              : 'DELETE FROM user_role WHERE role_id = ? AND username = ? RETURNING role_id',
            [roleId, id],
          );
          if (gone.length > 0) return;
          throw new Refused('not-found', {
            ru: `У «${id}» нет роли «${roleId}».`,
            en: `"${id}" does not have the role "${roleId}".`,
          });
        });
      }),
  };
}

async function requireHolder(tx: Executor, { kind, id }: RoleHolder, lock = ''): Promise<string> {
  if (kind !== 'group') return requireAccount(tx, id, kind);
  await requireGroup(tx, id, lock);
  return id;
}
