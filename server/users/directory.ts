import type { GroupView, Language, PersonView } from '#contract';
import type { Executor } from '../database/connect.ts';
import { queryRows } from '../database/connect.ts';

/** Names of people and groups for screens, sentences and look-up fields. */
export interface Directory {
  /** Display name by login; a login nobody has stands for itself. */
  readonly personName: (username: string) => string;
  readonly groupName: (groupId: string) => string;
}

/** Names of everybody mentioned, in one query each. */
export async function readDirectory(
  executor: Executor,
  mentioned: { readonly usernames: Iterable<string>; readonly groupIds: Iterable<string>; readonly language: Language },
): Promise<Directory> {
  const { dialect } = executor;
  const usernames = JSON.stringify([...new Set(mentioned.usernames)]);
  const groupIds = JSON.stringify([...new Set(mentioned.groupIds)]);
  const people = await queryRows<{ username: string; name: string }>(
    executor,
    `SELECT username, name FROM app_user WHERE username IN (${dialect.listFromJson('text')})`,
    [usernames],
  );
  const groups = await queryRows<{ group_id: string; name_ru: string; name_en: string }>(
    executor,
    `SELECT group_id, name_ru, name_en FROM app_group WHERE group_id IN (${dialect.listFromJson('text')})`,
    [groupIds],
  );
  const nameOf = new Map(people.map(({ username, name }) => [username, name]));
  const groupNameOf = new Map(
    groups.map((row) => [row.group_id, mentioned.language === 'ru' ? row.name_ru : row.name_en]),
  );
  return {
    personName: (username) => nameOf.get(username) ?? username,
    groupName: (groupId) => groupNameOf.get(groupId) ?? groupId,
  };
}

/**
 * Active people by name; of one group when given.
 *
 * @param groups only people of these; null: of all
 */
export async function listPeople(
  executor: Executor,
  { group, groups }: { readonly group: string | null; readonly groups: readonly string[] | null },
): Promise<readonly PersonView[]> {
  const members = 'AND username IN (SELECT username FROM group_member WHERE group_id';
  const ofOne = group === null ? '' : `${members} = ?)`;
  const ofThese = groups === null ? '' : `${members} IN (${executor.dialect.listFromJson('text')}))`;
  return queryRows<PersonView>(
    executor,
    `SELECT username, name, email FROM app_user WHERE active = ? AND kind = 'person' ${ofOne} ${ofThese} ORDER BY name, username LIMIT 1000`,
    [true, ...(group === null ? [] : [group]), ...(groups === null ? [] : [JSON.stringify(groups)])],
  );
}

export async function listGroups(executor: Executor, language: Language): Promise<readonly GroupView[]> {
  const rows = await queryRows<{ group_id: string; name_ru: string; name_en: string }>(
    executor,
    'SELECT group_id, name_ru, name_en FROM app_group ORDER BY group_id',
  );
  return rows.map((row) => ({ groupId: row.group_id, name: language === 'ru' ? row.name_ru : row.name_en }));
}
