import type { Database, Executor } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertNewRows } from '../database/write-rows.ts';
import { Refused } from '../http/refused.ts';
import { deleteAuthorizationsOf } from '../identity/authorization-rows.ts';
import { keepAnAdministrator } from './keep-an-administrator.ts';
import { requireAccount, type AccountKind } from './require-user.ts';
import { memberTable } from './user-tables.ts';

export interface GroupDetails {
  /** Shown in every language; whoever knows both sets them by `addGroups`. */
  readonly name: string;
  readonly description: string;
}

/** Groups and who is in them, as an administrator keeps them. */
export interface Groups {
  /** @throws Refused `invalid-request`, `conflict` (the id is taken) */
  create(groupId: string, details: GroupDetails): Promise<void>;
  /** @throws Refused `not-found`, `invalid-request` */
  update(groupId: string, details: GroupDetails): Promise<void>;
  /**
   * Its members lose it and its roles; tasks keep its id and are then seen by whoever sees all.
   * @throws Refused `not-found`, `conflict` (with the last administrator in it)
   */
  remove(groupId: string): Promise<void>;
  /** @throws Refused `not-found` (group or login), `conflict` (is one already) */
  addMember(groupId: string, username: string, kind?: AccountKind): Promise<void>;
  /** @throws Refused `not-found` (group, login, or not a member), `conflict` (the last administrator) */
  removeMember(groupId: string, username: string, kind?: AccountKind): Promise<void>;
}

const GROUP_ID = /^[\p{L}\p{N}][\p{L}\p{N}._@+~-]{0,99}$/u;

/** @param deps `onChange` is told when somebody has joined or left a group */
export function createGroups(deps: { readonly database: Database; readonly onChange?: () => void }): Groups {
  const { database, onChange = () => undefined } = deps;
  return {
    create: (groupId, details) =>
      inTransaction(database, async (tx) => {
        if (!isGroupOrRoleId(groupId)) {
          throw invalid(
            'groupId: буквы, цифры, . - _ @ + ~; до 100 знаков.',
            'groupId: letters, digits, . - _ @ + ~; up to 100.',
          );
        }
        const { name, description } = checkedDetails(details);
        const added = await queryRows(
          tx,
          `INSERT INTO app_group (group_id, name_ru, name_en, description) VALUES (?, ?, ?, ?)
           ON CONFLICT (group_id) DO NOTHING RETURNING group_id`,
          [groupId, name, name, description],
        );
        if (added.length > 0) return;
        throw new Refused('conflict', {
          ru: `Группа «${groupId}» уже есть. Выберите другой идентификатор.`,
          en: `There is a group "${groupId}" already. Choose another id.`,
        });
      }),

    update: (groupId, details) =>
      inTransaction(database, async (tx) => {
        const { name, description } = checkedDetails(details);
        const changed = await queryRows(
          tx,
          'UPDATE app_group SET name_ru = ?, name_en = ?, description = ? WHERE group_id = ? RETURNING group_id',
          [name, name, description, groupId],
        );
        if (changed.length === 0) throw unknownGroup(groupId);
      }),

    remove: (groupId) =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        await keepAnAdministrator(tx, async () => {
          const gone = await queryRows(tx, 'DELETE FROM app_group WHERE group_id = ? RETURNING group_id', [groupId]);
          if (gone.length === 0) throw unknownGroup(groupId);
          for (const table of ['group_member', 'group_role'])
            await queryRows(tx, `DELETE FROM ${table} WHERE group_id = ?`, [groupId]);
          await deleteAuthorizationsOf(tx, 'GROUP', groupId);
        });
      }),

    addMember: (groupId, login, kind = 'person') =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        const username = await requireAccount(tx, login, kind);
        await keepAnAdministrator(tx, async () => {
          await requireGroup(tx, groupId, tx.dialect.forShare);
          const added = await insertNewRows(tx, memberTable, [{ username, group_id: groupId }]);
          if (added.length > 0) return;
          throw new Refused('conflict', {
            ru: `«${username}» уже в группе «${groupId}».`,
            en: `"${username}" is in the group "${groupId}" already.`,
          });
        });
      }),

    removeMember: (groupId, login, kind = 'person') =>
      inTransaction(database, async (tx) => {
        tx.afterCommit(onChange);
        await requireGroup(tx, groupId);
        const username = await requireAccount(tx, login, kind);
        await keepAnAdministrator(tx, async () => {
          const gone = await queryRows(
            tx,
            'DELETE FROM group_member WHERE group_id = ? AND username = ? RETURNING username',
            [groupId, username],
          );
          if (gone.length > 0) return;
          throw new Refused('not-found', {
            ru: `«${username}» нет в группе «${groupId}».`,
            en: `"${username}" is not in the group "${groupId}".`,
          });
        });
      }),
  };
}

/**
 * @param lock `forShare` of the dialect for what will point to the group: until it is stored, nobody deletes the group
 * @throws Refused `not-found`
 */
export async function requireGroup(executor: Executor, groupId: string, lock = ''): Promise<void> {
  const rows = await queryRows(executor, `SELECT group_id FROM app_group WHERE group_id = ?${lock}`, [groupId]);
  if (rows.length === 0) throw unknownGroup(groupId);
}

export function isGroupOrRoleId(text: string): boolean {
  return GROUP_ID.test(text);
}

/** @throws Refused `invalid-request` */
export function checkedDetails({ name, description }: GroupDetails): GroupDetails {
  if (name.trim() === '' || name.length > 200) throw invalid('Имя: от 1 до 200 знаков.', 'Name: 1 to 200 characters.');
  return { name: name.trim(), description };
}

function unknownGroup(groupId: string): Refused {
  return new Refused('not-found', { ru: `Группы «${groupId}» нет.`, en: `There is no group "${groupId}".` });
}

function invalid(ru: string, en: string): Refused {
  return new Refused('invalid-request', { ru, en });
}
