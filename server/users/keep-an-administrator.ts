import { queryRows, type Executor } from '../database/connect.ts';
import { Refused } from '../http/refused.ts';
import type { RoleId } from '../identity/roles.ts';

const ADMINISTRATOR: RoleId = 'administrator';

/**
 * Carries out a change that may take the role of administrator from somebody, and refuses it when nobody would have it
 * afterwards, by themselves or through a group: then nobody could mend anything but by the command line. A machine does
 * not count, it cannot sign in to the screens.
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
  const [row] = await queryRows<{ username: string }>(
    tx,
    `SELECT u.username FROM app_user u WHERE u.active = ? AND u.kind = 'person' AND (
       EXISTS (SELECT 1 FROM user_role r WHERE r.username = u.username AND r.role_id = ?)
       OR EXISTS (SELECT 1 FROM group_member m JOIN group_role r ON r.group_id = m.group_id
         WHERE m.username = u.username AND r.role_id = ?)) LIMIT 1`,
    [true, ADMINISTRATOR, ADMINISTRATOR],
  );
  return row?.username ?? null;
}
