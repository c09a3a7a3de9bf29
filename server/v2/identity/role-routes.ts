import { Type } from '@sinclair/typebox';
import { readerOf, type Database } from '../../database/connect.ts';
import { created, noContent, ok } from '../../http/reply.ts';
import { route, type Route } from '../../http/route.ts';
import type { OwnRoles } from '../../users/own-roles.ts';
import { requireRole, unknownRole } from '../../users/role-read-model.ts';
import type { RoleHolder, UserRoles } from '../../users/user-roles.ts';
import { runSearch } from '../search/run-search.ts';
import { searchRoute } from '../search/search-route.ts';
import { PlainText } from '../wire-schema.ts';
import { ADMINISTER, namedGrant } from './administer-access.ts';
import {
  clientSearch,
  groupIdSearch,
  hasRole,
  memberSearch,
  OPEN_ACCOUNTS,
  OPEN_CLIENTS,
  roleSearch,
} from './identity-searches.ts';
import {
  ClientIdResult,
  clientView,
  GroupIdResult,
  Id,
  MemberResult,
  memberView,
  NameChanges,
  RoleResult,
  roleView,
} from './identity-views.ts';

const RoleParams = Type.Object({ roleId: Id });
const NewRole = Type.Object(
  { roleId: Id, name: PlainText, description: Type.Optional(PlainText) },
  { additionalProperties: false },
);

export interface RoleRoutesDeps {
  readonly database: Database;
  readonly ownRoles: OwnRoles;
  readonly userRoles: UserRoles;
}

/** Roles are given to people, machines and groups. Those that stand in code can only be read and given. */
export function roleRoutes({ database, ownRoles, userRoles }: RoleRoutesDeps): readonly Route[] {
  const reader = readerOf(database);
  const find = async (roleId: string): Promise<object> => {
    const where = [{ sql: 'r.role_id = ?', parameters: [roleId] }];
    const { rows } = await runSearch(reader, roleSearch, { query: {}, where });
    if (rows[0] === undefined) throw unknownRole(roleId);
    return roleView(rows[0]);
  };

  return [
    route({
      method: 'post',
      path: '/v2/roles',
      summary: { ru: 'Завести роль', en: 'Create a role' },
      access: ADMINISTER,
      grant: { any: ['ROLE:CREATE'], of: 'everything' },
      body: { kind: 'json', schema: NewRole },
      response: { status: 201, description: 'Created; it may do nothing yet', schema: RoleResult },
      repeatable: false,
      handler: async ({ body: { roleId, name, description = '' } }) => {
        await ownRoles.create(roleId, { name, description });
        return created(await find(roleId));
      },
    }),
    searchRoute({
      database,
      path: '/roles/search',
      summary: { ru: 'Найти роли', en: 'Search roles' },
      access: ADMINISTER,
      grant: { any: ['ROLE:READ'], of: 'rows' },
      spec: roleSearch,
      item: RoleResult,
      view: (rows) => rows.map(roleView),
    }),
    route({
      method: 'get',
      path: '/v2/roles/:roleId',
      summary: { ru: 'Роль', en: 'Get a role' },
      access: ADMINISTER,
      grant: namedGrant('ROLE:READ', 'roleId'),
      params: RoleParams,
      response: { status: 200, description: 'The role', schema: RoleResult },
      handler: async ({ params }) => ok(await find(params.roleId)),
    }),
    route({
      method: 'put',
      path: '/v2/roles/:roleId',
      summary: { ru: 'Изменить роль', en: 'Update a role' },
      access: ADMINISTER,
      grant: namedGrant('ROLE:UPDATE', 'roleId'),
      params: RoleParams,
      body: { kind: 'json', schema: NameChanges },
      response: { status: 200, description: 'Updated', schema: RoleResult },
      repeatable: false,
      handler: async ({ params: { roleId }, body }) => {
        await ownRoles.update(roleId, body);
        return ok(await find(roleId));
      },
    }),
    route({
      method: 'delete',
      path: '/v2/roles/:roleId',
      summary: { ru: 'Удалить роль', en: 'Delete a role' },
      access: ADMINISTER,
      grant: namedGrant('ROLE:DELETE', 'roleId'),
      params: RoleParams,
      response: { status: 204, description: 'Deleted; whoever had it loses it' },
      repeatable: false,
      handler: async ({ params: { roleId } }) => {
        await ownRoles.remove(roleId);
        return noContent();
      },
    }),
    searchRoute({
      database,
      path: '/roles/:roleId/users/search',
      summary: { ru: 'У кого эта роль', en: 'Search users of a role' },
      access: ADMINISTER,
      grant: namedGrant('ROLE:READ', 'roleId'),
      params: RoleParams,
      spec: memberSearch,
      item: MemberResult,
      where: async ({ params }) => [OPEN_ACCOUNTS, hasRole(await requireRole(reader, params['roleId']!))],
      view: (rows) => rows.map(memberView),
    }),
    searchRoute({
      database,
      path: '/roles/:roleId/clients/search',
      summary: { ru: 'Клиенты API с этой ролью', en: 'Search clients of a role' },
      access: ADMINISTER,
      grant: namedGrant('ROLE:READ', 'roleId'),
      params: RoleParams,
      spec: clientSearch,
      item: ClientIdResult,
      where: async ({ params }) => [OPEN_CLIENTS, hasRole(await requireRole(reader, params['roleId']!))],
      view: (rows) => rows.map(clientView),
    }),
    searchRoute({
      database,
      path: '/roles/:roleId/groups/search',
      summary: { ru: 'Группы с этой ролью', en: 'Search groups of a role' },
      access: ADMINISTER,
      grant: namedGrant('ROLE:READ', 'roleId'),
      params: RoleParams,
      spec: groupIdSearch,
      item: GroupIdResult,
      where: async ({ params }) => [
        {
          sql: 'EXISTS (SELECT 1 FROM group_role o WHERE o.group_id = g.group_id AND o.role_id = ?)',
          parameters: [await requireRole(reader, params['roleId']!)],
        },
      ],
      view: (rows) => rows.map(({ group_id: groupId }) => ({ groupId })),
    }),
    ...holderRoutes(userRoles, { kind: 'person', place: 'users', id: 'username', ru: 'человеку', en: 'user' }),
    ...holderRoutes(userRoles, { kind: 'client', place: 'clients', id: 'clientId', ru: 'клиенту API', en: 'client' }),
    ...holderRoutes(userRoles, { kind: 'group', place: 'groups', id: 'groupId', ru: 'группе', en: 'group' }),
  ];
}

/** Giving and taking, the same for every kind of holder. */
function holderRoutes(
  userRoles: UserRoles,
  holder: {
    readonly kind: RoleHolder['kind'];
    readonly place: string;
    readonly id: string;
    readonly ru: string;
    readonly en: string;
  },
): readonly Route[] {
  const { kind, place, id } = holder;
  const path = `/v2/roles/:roleId/${place}/:${id}`;
  const params = Type.Object({ roleId: Id, [id]: Id });
  const holderOf = (given: Readonly<Record<string, string>>): RoleHolder => ({ kind, id: given[id]! });
  return [
    route({
      method: 'put',
      path,
      summary: { ru: `Дать роль ${holder.ru}`, en: `Assign a role to a ${holder.en}` },
      access: ADMINISTER,
      grant: namedGrant('ROLE:UPDATE', 'roleId'),
      params,
      response: { status: 204, description: 'Given; it works from the next request on' },
      repeatable: false,
      handler: async ({ params: given }) => {
        await userRoles.assign(given['roleId']!, holderOf(given));
        return noContent();
      },
    }),
    route({
      method: 'delete',
      path,
      summary: { ru: `Отнять роль, данную ${holder.ru}`, en: `Unassign a role from a ${holder.en}` },
      access: ADMINISTER,
      grant: namedGrant('ROLE:UPDATE', 'roleId'),
      params,
      response: { status: 204, description: 'Taken away; the last administrator keeps it' },
      repeatable: false,
      handler: async ({ params: given }) => {
        await userRoles.unassign(given['roleId']!, holderOf(given));
        return noContent();
      },
    }),
  ];
}
