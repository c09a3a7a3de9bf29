import { Type } from '@sinclair/typebox';
import { ClientSecret, ClientView, Items, NewClient, RolePermissions, RoleView } from '#contract';
import { readerOf, type Database } from '../database/connect.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { ROLES } from '../identity/roles.ts';
import type { Clients } from './clients.ts';
import type { OwnRoles } from './own-roles.ts';
import { listOwnRoles } from './role-read-model.ts';

const RoleId = Type.Object({ roleId: Type.String({ minLength: 1, maxLength: 256 }) });
const ClientId = Type.Object({ clientId: Type.String({ minLength: 1, maxLength: 256 }) });

export interface AccessRoutesDeps {
  readonly database: Database;
  readonly ownRoles: OwnRoles;
  readonly clients: Clients;
}

/** What the Camunda API has no word for: permissions of a role, and making a client with its secret. */
export function accessRoutes({ database, ownRoles, clients }: AccessRoutesDeps): readonly Route[] {
  const reader = readerOf(database);
  return [
    route({
      method: 'get',
      path: '/api/roles',
      summary: { ru: 'Роли и их права', en: 'Roles and their permissions' },
      access: 'administer',
      response: { status: 200, description: 'Built-in ones first', schema: Items(RoleView) },
      handler: async ({ language }) => {
        const builtIn = Object.entries(ROLES).map(([roleId, { name, permissions }]) => ({
          roleId,
          name: name[language],
          description: '',
          permissions: [...permissions],
          builtIn: true,
        }));
        const own = (await listOwnRoles(reader)).map(({ role_id: roleId, name, description, permissions }) => ({
          roleId,
          name,
          description,
          permissions,
          builtIn: false,
        }));
        return ok({ items: [...builtIn, ...own] });
      },
    }),
    route({
      method: 'put',
      path: '/api/roles/:roleId/permissions',
      summary: { ru: 'Задать права роли', en: 'Set the permissions of a role' },
      access: 'administer',
      params: RoleId,
      body: { kind: 'json', schema: RolePermissions },
      response: { status: 204, description: 'Set; they work from the next request on' },
      repeatable: false,
      handler: async ({ params: { roleId }, body: { permissions } }) => {
        await ownRoles.setPermissions(roleId, permissions);
        return noContent();
      },
    }),
    route({
      method: 'get',
      path: '/api/clients',
      summary: { ru: 'Клиенты API', en: 'API clients' },
      access: 'administer',
      response: { status: 200, description: 'By id', schema: Items(ClientView) },
      handler: async () =>
        ok({
          items: (await clients.list()).map(({ createdAt, ...client }) => ({
            ...client,
            createdAt: new Date(createdAt).toISOString(),
          })),
        }),
    }),
    route({
      method: 'post',
      path: '/api/clients',
      summary: { ru: 'Завести клиента API', en: 'Create an API client' },
      access: 'administer',
      body: { kind: 'json', schema: NewClient },
      response: { status: 201, description: 'Created, without roles; the secret is shown once', schema: ClientSecret },
      // A kept answer would keep the secret.
      repeatable: false,
      handler: async ({ body: { clientId, name = '' } }) => created(await clients.create(clientId, name)),
    }),
    route({
      method: 'post',
      path: '/api/clients/:clientId/secret',
      summary: { ru: 'Новый секрет клиента API', en: 'Renew the secret of an API client' },
      access: 'administer',
      params: ClientId,
      response: { status: 200, description: 'The old secret and every token end', schema: ClientSecret },
      repeatable: false,
      handler: async ({ params: { clientId } }) => ok(await clients.renewSecret(clientId)),
    }),
    route({
      method: 'delete',
      path: '/api/clients/:clientId',
      summary: { ru: 'Закрыть клиента API', en: 'Delete an API client' },
      access: 'administer',
      params: ClientId,
      response: { status: 204, description: 'Shut; its tokens end, and its id is not given again' },
      repeatable: false,
      handler: async ({ params: { clientId } }) => {
        await clients.remove(clientId);
        return noContent();
      },
    }),
  ];
}
