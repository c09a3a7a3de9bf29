import { Type } from '@sinclair/typebox';
import { readerOf, type Database } from '../../database/connect.ts';
import { created, noContent, ok } from '../../http/reply.ts';
import { route, type Route, type RouteGrant } from '../../http/route.ts';
import { AUTHORIZATION, type Authorizations } from '../../identity/authorizations.ts';
import type { Grant } from '../../identity/grants.ts';
import { findRow } from '../find-row.ts';
import { searchRoute } from '../search/search-route.ts';
import { pathKey, wireKey } from '../wire-key.ts';
import { WireKey } from '../wire-schema.ts';
import { ADMINISTER } from './administer-access.ts';
import {
  AuthorizationResult,
  authorizationSearch,
  authorizationViews,
  WIRE_OWNER_TYPES,
  WIRE_RESOURCE_TYPES,
} from './authorization-search.ts';
import { Id } from './identity-views.ts';

const AuthorizationParams = Type.Object({ authorizationKey: WireKey });
const oneOf = (words: readonly string[]) => Type.Unsafe<string>({ type: 'string', enum: words });
const AuthorizationBody = Type.Object(
  {
    ownerId: Id,
    ownerType: oneOf(WIRE_OWNER_TYPES),
    resourceId: Id,
    resourceType: oneOf(WIRE_RESOURCE_TYPES),
    permissionTypes: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }),
  },
  { additionalProperties: false },
);
const grant = (...any: readonly Grant[]): RouteGrant => ({ any, of: 'everything' });

export interface AuthorizationRoutesDeps {
  readonly database: Database;
  readonly authorizations: Authorizations;
}

/** Permissions for single resources. They can be written whether they are switched on or not, and count when they are. */
export function authorizationRoutes({ database, authorizations }: AuthorizationRoutesDeps): readonly Route[] {
  const reader = readerOf(database);
  return [
    route({
      method: 'post',
      path: '/v2/authorizations',
      summary: { ru: 'Дать разрешение', en: 'Create an authorization' },
      access: ADMINISTER,
      grant: grant('AUTHORIZATION:CREATE'),
      body: { kind: 'json', schema: AuthorizationBody },
      response: {
        status: 201,
        description: 'Created',
        schema: Type.Object({ authorizationKey: Type.String() }),
      },
      repeatable: false,
      handler: async ({ body }) => created({ authorizationKey: wireKey(await authorizations.create(body)) }),
    }),
    searchRoute({
      database,
      path: '/authorizations/search',
      summary: { ru: 'Найти разрешения', en: 'Search authorizations' },
      access: ADMINISTER,
      grant: grant('AUTHORIZATION:READ'),
      spec: authorizationSearch,
      item: AuthorizationResult,
      view: authorizationViews,
    }),
    route({
      method: 'get',
      path: '/v2/authorizations/:authorizationKey',
      summary: { ru: 'Разрешение', en: 'Get an authorization' },
      access: ADMINISTER,
      grant: grant('AUTHORIZATION:READ'),
      params: AuthorizationParams,
      response: { status: 200, description: 'The authorization', schema: AuthorizationResult },
      handler: async ({ params: { authorizationKey: key }, scope }) =>
        ok(authorizationViews([await findRow(reader, authorizationSearch, { key, what: AUTHORIZATION, scope })])[0]),
    }),
    route({
      method: 'put',
      path: '/v2/authorizations/:authorizationKey',
      summary: { ru: 'Изменить разрешение', en: 'Update an authorization' },
      access: ADMINISTER,
      grant: grant('AUTHORIZATION:UPDATE'),
      params: AuthorizationParams,
      body: { kind: 'json', schema: AuthorizationBody },
      response: { status: 204, description: 'Said anew' },
      repeatable: false,
      handler: async ({ params: { authorizationKey }, body }) => {
        await authorizations.update(pathKey(authorizationKey, AUTHORIZATION), body);
        return noContent();
      },
    }),
    route({
      method: 'delete',
      path: '/v2/authorizations/:authorizationKey',
      summary: { ru: 'Отнять разрешение', en: 'Delete an authorization' },
      access: ADMINISTER,
      grant: grant('AUTHORIZATION:DELETE'),
      params: AuthorizationParams,
      response: { status: 204, description: 'It allows nothing any more' },
      repeatable: false,
      handler: async ({ params: { authorizationKey } }) => {
        await authorizations.remove(pathKey(authorizationKey, AUTHORIZATION));
        return noContent();
      },
    }),
  ];
}
