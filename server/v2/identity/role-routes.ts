import { Type } from '@sinclair/typebox';
import type { Database } from '../../database/connect.ts';
import { ROLES } from '../../identity/roles.ts';
import { noContent, ok } from '../../http/reply.ts';
import { route, type Route } from '../../http/route.ts';
import { requireRole, type UserRoles } from '../../users/user-roles.ts';
import { searchRoute } from '../search/search-route.ts';
import { ADMINISTER } from './administer-access.ts';
import { groupIdSearch, memberSearch, NO_GROUP_HAS_ROLES, OPEN_ACCOUNTS, roleSearch } from './identity-searches.ts';
import { GroupIdResult, Id, MemberResult, memberView, RoleResult, roleView } from './identity-views.ts';

const RoleParams = Type.Object({ roleId: Id });
const HolderParams = Type.Object({ roleId: Id, username: Id });

/** Roles stand in code, so they are read and given to people; there is nothing to create, rename or delete. */
export function roleRoutes({
  database,
  userRoles,
}: {
  readonly database: Database;
  readonly userRoles: UserRoles;
}): readonly Route[] {
  return [
    searchRoute({
      database,
      path: '/roles/search',
      summary: { ru: 'Найти роли', en: 'Search roles' },
      access: ADMINISTER,
      spec: roleSearch,
      item: RoleResult,
      view: (rows) => rows.map(roleView),
    }),
    route({
      method: 'get',
      path: '/v2/roles/:roleId',
      summary: { ru: 'Роль', en: 'Get a role' },
      access: ADMINISTER,
      params: RoleParams,
      response: { status: 200, description: 'The role', schema: RoleResult },
      handler: async ({ params }) => {
        const roleId = requireRole(params.roleId);
        return ok(roleView({ role_id: roleId, name: ROLES[roleId].name.ru }));
      },
    }),
    searchRoute({
      database,
      path: '/roles/:roleId/users/search',
      summary: { ru: 'У кого эта роль', en: 'Search users of a role' },
      access: ADMINISTER,
      params: RoleParams,
      spec: memberSearch,
      item: MemberResult,
      where: ({ params }) => {
        const roleId = requireRole(params['roleId']!);
        return [
          OPEN_ACCOUNTS,
          {
            sql: 'EXISTS (SELECT 1 FROM user_role r WHERE r.username = u.username AND r.role_id = ?)',
            parameters: [roleId],
          },
        ];
      },
      view: (rows) => rows.map(memberView),
    }),
    searchRoute({
      database,
      path: '/roles/:roleId/groups/search',
      summary: { ru: 'Группы с этой ролью', en: 'Search groups of a role' },
      access: ADMINISTER,
      params: RoleParams,
      spec: groupIdSearch,
      item: GroupIdResult,
      where: ({ params }) => {
        requireRole(params['roleId']!);
        return [NO_GROUP_HAS_ROLES];
      },
      view: (rows) => rows.map(({ group_id: groupId }) => ({ groupId })),
    }),
    route({
      method: 'put',
      path: '/v2/roles/:roleId/users/:username',
      summary: { ru: 'Дать роль', en: 'Assign a role to a user' },
      access: ADMINISTER,
      params: HolderParams,
      response: { status: 204, description: 'Given; it works from the next request on' },
      repeatable: false,
      handler: async ({ params: { roleId, username } }) => {
        await userRoles.assign(roleId, username);
        return noContent();
      },
    }),
    route({
      method: 'delete',
      path: '/v2/roles/:roleId/users/:username',
      summary: { ru: 'Отнять роль', en: 'Unassign a role from a user' },
      access: ADMINISTER,
      params: HolderParams,
      response: { status: 204, description: 'Taken away; the last administrator keeps it' },
      repeatable: false,
      handler: async ({ params: { roleId, username } }) => {
        await userRoles.unassign(roleId, username);
        return noContent();
      },
    }),
  ];
}
