import { Type } from '@sinclair/typebox';
import { readerOf, type Database } from '../../database/connect.ts';
import { notFound } from '../../http/refused.ts';
import { created, noContent, ok } from '../../http/reply.ts';
import { route, type Route } from '../../http/route.ts';
import { requireGroup, type Groups } from '../../users/groups.ts';
import type { AccountKind } from '../../users/require-user.ts';
import { runSearch } from '../search/run-search.ts';
import { searchRoute } from '../search/search-route.ts';
import { PlainText } from '../wire-schema.ts';
import { ADMINISTER, namedGrant } from './administer-access.ts';
import {
  clientSearch,
  groupSearch,
  inGroup,
  memberSearch,
  OPEN_ACCOUNTS,
  OPEN_CLIENTS,
  roleSearch,
} from './identity-searches.ts';
import {
  ClientIdResult,
  clientView,
  GroupResult,
  groupView,
  Id,
  MemberResult,
  memberView,
  NameChanges,
  RoleResult,
  roleView,
} from './identity-views.ts';

const GroupParams = Type.Object({ groupId: Id });
const NewGroup = Type.Object(
  { groupId: Id, name: PlainText, description: Type.Optional(PlainText) },
  { additionalProperties: false },
);

/** Groups are who a task may be offered to, and who has a role together. */
export function groupRoutes({
  database,
  groups,
}: {
  readonly database: Database;
  readonly groups: Groups;
}): readonly Route[] {
  const reader = readerOf(database);
  const find = async (groupId: string): Promise<object> => {
    const where = [{ sql: 'g.group_id = ?', parameters: [groupId] }];
    const { rows } = await runSearch(reader, groupSearch, { query: {}, where });
    if (rows[0] === undefined) throw notFound({ ru: 'Группа', en: 'Group' });
    return groupView(rows[0]);
  };

  return [
    route({
      method: 'post',
      path: '/v2/groups',
      summary: { ru: 'Завести группу', en: 'Create a group' },
      access: ADMINISTER,
      grant: { any: ['GROUP:CREATE'], of: 'everything' },
      body: { kind: 'json', schema: NewGroup },
      response: { status: 201, description: 'Created', schema: GroupResult },
      repeatable: false,
      handler: async ({ body: { groupId, name, description = '' } }) => {
        await groups.create(groupId, { name, description });
        return created(await find(groupId));
      },
    }),
    searchRoute({
      database,
      path: '/groups/search',
      summary: { ru: 'Найти группы', en: 'Search groups' },
      access: ADMINISTER,
      grant: { any: ['GROUP:READ'], of: 'rows' },
      spec: groupSearch,
      item: GroupResult,
      view: (rows) => rows.map(groupView),
    }),
    route({
      method: 'get',
      path: '/v2/groups/:groupId',
      summary: { ru: 'Группа', en: 'Get a group' },
      access: ADMINISTER,
      grant: namedGrant('GROUP:READ', 'groupId'),
      params: GroupParams,
      response: { status: 200, description: 'The group', schema: GroupResult },
      handler: async ({ params }) => ok(await find(params.groupId)),
    }),
    route({
      method: 'put',
      path: '/v2/groups/:groupId',
      summary: { ru: 'Изменить группу', en: 'Update a group' },
      access: ADMINISTER,
      grant: namedGrant('GROUP:UPDATE', 'groupId'),
      params: GroupParams,
      body: { kind: 'json', schema: NameChanges },
      response: { status: 200, description: 'Updated, in every language', schema: GroupResult },
      repeatable: false,
      handler: async ({ params: { groupId }, body }) => {
        await groups.update(groupId, body);
        return ok(await find(groupId));
      },
    }),
    route({
      method: 'delete',
      path: '/v2/groups/:groupId',
      summary: { ru: 'Удалить группу', en: 'Delete a group' },
      access: ADMINISTER,
      grant: namedGrant('GROUP:DELETE', 'groupId'),
      params: GroupParams,
      response: { status: 204, description: 'Deleted; its members lose it' },
      repeatable: false,
      handler: async ({ params }) => {
        await groups.remove(params.groupId);
        return noContent();
      },
    }),
    searchRoute({
      database,
      path: '/groups/:groupId/users/search',
      summary: { ru: 'Кто в группе', en: 'Search users of a group' },
      access: ADMINISTER,
      grant: namedGrant('GROUP:READ', 'groupId'),
      params: GroupParams,
      spec: memberSearch,
      item: MemberResult,
      where: async ({ params }) => {
        await requireGroup(reader, params['groupId']!);
        return [OPEN_ACCOUNTS, inGroup(params['groupId']!)];
      },
      view: (rows) => rows.map(memberView),
    }),
    searchRoute({
      database,
      path: '/groups/:groupId/clients/search',
      summary: { ru: 'Клиенты API в группе', en: 'Search clients of a group' },
      access: ADMINISTER,
      grant: namedGrant('GROUP:READ', 'groupId'),
      params: GroupParams,
      spec: clientSearch,
      item: ClientIdResult,
      where: async ({ params }) => {
        await requireGroup(reader, params['groupId']!);
        return [OPEN_CLIENTS, inGroup(params['groupId']!)];
      },
      view: (rows) => rows.map(clientView),
    }),
    searchRoute({
      database,
      path: '/groups/:groupId/roles/search',
      summary: { ru: 'Роли группы', en: 'Search roles of a group' },
      access: ADMINISTER,
      grant: namedGrant('GROUP:READ', 'groupId'),
      params: GroupParams,
      spec: roleSearch,
      item: RoleResult,
      where: async ({ params }) => {
        await requireGroup(reader, params['groupId']!);
        return [
          {
            sql: 'EXISTS (SELECT 1 FROM group_role o WHERE o.role_id = r.role_id AND o.group_id = ?)',
            parameters: [params['groupId']!],
          },
        ];
      },
      view: (rows) => rows.map(roleView),
    }),
    ...memberRoutes(groups, { kind: 'person', place: 'users', id: 'username' }),
    ...memberRoutes(groups, { kind: 'client', place: 'clients', id: 'clientId' }),
  ];
}

/** The same pair of routes for people and for machines. */
function memberRoutes(
  groups: Groups,
  { kind, place, id }: { readonly kind: AccountKind; readonly place: string; readonly id: 'username' | 'clientId' },
): readonly Route[] {
  const path = `/v2/groups/:groupId/${place}/:${id}`;
  const params = Type.Object({ groupId: Id, [id]: Id });
  const [ru, en] = kind === 'person' ? ['', 'user'] : [' клиента API', 'client'];
  return [
    route({
      method: 'put',
      path,
      summary: { ru: `Принять${ru} в группу`, en: `Assign a ${en} to a group` },
      access: ADMINISTER,
      grant: namedGrant('GROUP:UPDATE', 'groupId'),
      params,
      response: { status: 204, description: 'A member now' },
      repeatable: false,
      handler: async ({ params: { groupId, ...member } }) => {
        await groups.addMember(groupId!, member[id]!, kind);
        return noContent();
      },
    }),
    route({
      method: 'delete',
      path,
      summary: { ru: `Исключить${ru} из группы`, en: `Unassign a ${en} from a group` },
      access: ADMINISTER,
      grant: namedGrant('GROUP:UPDATE', 'groupId'),
      params,
      response: { status: 204, description: 'No member any more' },
      repeatable: false,
      handler: async ({ params: { groupId, ...member } }) => {
        await groups.removeMember(groupId!, member[id]!, kind);
        return noContent();
      },
    }),
  ];
}
