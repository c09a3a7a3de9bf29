import { Type } from '@sinclair/typebox';
import type { Database } from '../../database/connect.ts';
import { notFound } from '../../http/refused.ts';
import { ok } from '../../http/reply.ts';
import { route, type Route } from '../../http/route.ts';
import type { Condition } from '../../user-tasks/task-visibility.ts';
import { searchRoute, type SearchRouteSpec } from '../search/search-route.ts';
import { TENANT } from '../search/search-spec.ts';
import { ADMINISTER } from './administer-access.ts';
import {
  clientSearch,
  groupIdSearch,
  memberSearch,
  OPEN_ACCOUNTS,
  OPEN_CLIENTS,
  roleSearch,
  TENANT_NAME,
  tenantSearch,
} from './identity-searches.ts';
import {
  ClientIdResult,
  clientView,
  GroupIdResult,
  Id,
  MemberResult,
  memberView,
  RoleResult,
  roleView,
  TenantResult,
  tenantView,
} from './identity-views.ts';

const TenantParams = Type.Object({ tenantId: Id });

/** One tenant, to which everybody and everything belongs. */
export function tenantRoutes({ database }: { readonly database: Database }): readonly Route[] {
  const requireTenant = (tenantId: string | undefined): void => {
    if (tenantId !== TENANT) throw notFound({ ru: 'Арендатор', en: 'Tenant' });
  };
  const ofTenant = (
    spec: Pick<SearchRouteSpec, 'path' | 'summary' | 'spec' | 'item' | 'view'> & {
      readonly only?: Condition;
    },
  ): Route =>
    searchRoute({
      database,
      access: ADMINISTER,
      params: TenantParams,
      where: ({ params }) => {
        requireTenant(params['tenantId']);
        return spec.only === undefined ? [] : [spec.only];
      },
      ...spec,
    });

  return [
    searchRoute({
      database,
      path: '/tenants/search',
      summary: { ru: 'Арендаторы', en: 'Search tenants' },
      access: 'signed-in',
      spec: tenantSearch,
      item: TenantResult,
      view: (rows) => rows.map(tenantView),
    }),
    route({
      method: 'get',
      path: '/v2/tenants/:tenantId',
      summary: { ru: 'Арендатор', en: 'Get a tenant' },
      access: 'signed-in',
      params: TenantParams,
      response: { status: 200, description: 'The only one', schema: TenantResult },
      handler: async ({ params }) => {
        requireTenant(params.tenantId);
        return ok(tenantView({ tenant_id: TENANT, name: TENANT_NAME }));
      },
    }),
    ofTenant({
      path: '/tenants/:tenantId/users/search',
      summary: { ru: 'Люди арендатора', en: 'Search users of a tenant' },
      spec: memberSearch,
      item: MemberResult,
      only: OPEN_ACCOUNTS,
      view: (rows) => rows.map(memberView),
    }),
    ofTenant({
      path: '/tenants/:tenantId/clients/search',
      summary: { ru: 'Клиенты API арендатора', en: 'Search clients of a tenant' },
      spec: clientSearch,
      item: ClientIdResult,
      only: OPEN_CLIENTS,
      view: (rows) => rows.map(clientView),
    }),
    ofTenant({
      path: '/tenants/:tenantId/groups/search',
      summary: { ru: 'Группы арендатора', en: 'Search groups of a tenant' },
      spec: groupIdSearch,
      item: GroupIdResult,
      view: (rows) => rows.map(({ group_id: groupId }) => ({ groupId })),
    }),
    ofTenant({
      path: '/tenants/:tenantId/roles/search',
      summary: { ru: 'Роли арендатора', en: 'Search roles of a tenant' },
      spec: roleSearch,
      item: RoleResult,
      view: (rows) => rows.map(roleView),
    }),
  ];
}
