import type { Permission } from '#contract';
import { queryRows, type Executor } from '../database/connect.ts';
import { Refused } from '../http/refused.ts';
import { isOutsider, permissionsOf, ROLES, type RoleId } from '../identity/roles.ts';
import { listOwnRoles } from './role-read-model.ts';

const ADMINISTRATOR: RoleId = 'administrator';

/**
 * Carries out a change that may take the role of administrator from somebody, and refuses it when nobody would have it
 * afterwards, by themselves or through a group: then nobody could mend anything but by the command line. A machine does
 * not count, it cannot sign in to the screens; nor does somebody who is of another organisation by a further role.
 * @throws Refused `conflict`
 */
export async function keepAnAdministrator(tx: Executor, change: () => Promise<void>): Promise<void> {
  // One at a time, by the row that every deployment locks, too: two administrators must not remove each other at once.
  await queryRows(tx, `SELECT revision FROM catalog_revision WHERE id = 1${tx.dialect.forUpdate}`);
  const before = await findAdministrator(tx);
  await change();
  if (before === null || (await findAdministrator(tx)) !== null) return;
  throw new Refused('conflict', {
    ru: `«${before}» — последний администратор. Сначала назначьте другого.`,
    en: `"${before}" is the last administrator. Appoint another one first.`,
  });
}

async function findAdministrator(tx: Executor): Promise<string | null> {
  const own = new Map((await listOwnRoles(tx)).map((row) => [row.role_id, row.permissions as readonly Permission[]]));
  const outside = [...Object.keys(ROLES), ...own.keys()].filter((role) =>
    isOutsider({ permissions: permissionsOf([role], own) }),
  );
  const has = (roles: string): string =>
    `(EXISTS (SELECT 1 FROM user_role r WHERE r.username = u.username AND r.role_id IN (${roles}))
       OR EXISTS (SELECT 1 FROM group_member m JOIN group_role r ON r.group_id = m.group_id
         WHERE m.username = u.username AND r.role_id IN (${roles})))`;
  const outsideList = JSON.stringify(outside);
  const [row] = await queryRows<{ username: string }>(
    tx,
    `SELECT u.username FROM app_user u WHERE u.active = ? AND u.kind = 'person' AND ${has('?')}
       AND NOT ${has(tx.dialect.listFromJson('text'))} LIMIT 1`,
    [true, ADMINISTRATOR, ADMINISTRATOR, outsideList, outsideList],
  );
  return row?.username ?? null;
}
