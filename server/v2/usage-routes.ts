import { Type } from '@sinclair/typebox';
import { readerOf, type Database } from '../database/connect.ts';
import { Refused } from '../http/refused.ts';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { READS_USAGE } from '../identity/route-grants.ts';
import { readUsage } from '../usage/read-usage.ts';
import { ADMINISTER } from './identity/administer-access.ts';
import { TENANT } from './search/search-spec.ts';
import { requireOwnTenant, TenantId } from './wire-schema.ts';

const Window = Type.Object(
  {
    startTime: Type.String({ format: 'date-time' }),
    endTime: Type.String({ format: 'date-time' }),
    tenantId: TenantId,
    withTenants: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
const Item = {
  processInstances: Type.Integer(),
  decisionInstances: Type.Optional(Type.Integer()),
  assignees: Type.Optional(Type.Integer()),
};
const Metrics = Type.Object({
  ...Item,
  activeTenants: Type.Integer(),
  tenants: Type.Optional(Type.Record(Type.String(), Type.Object(Item))),
});

/** What a licence would be counted by, were there one; and what shows how much an installation is used. */
export function usageRoutes({ database }: { readonly database: Database }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/v2/system/usage-metrics',
      summary: { ru: 'Сколько сделано за время', en: 'Usage metrics' },
      access: ADMINISTER,
      grant: READS_USAGE,
      query: Window,
      response: {
        status: 200,
        description: 'Cases begun, decisions evaluated, people assigned; what is not known is left out',
        schema: Metrics,
      },
      handler: async ({ query }) => {
        requireOwnTenant(query.tenantId);
        const window = { from: Date.parse(query.startTime), to: Date.parse(query.endTime) };
        if (window.from > window.to) {
          throw new Refused('invalid-request', {
            ru: 'Ожидалось, что startTime не позже endTime.',
            en: 'Expected startTime not to be after endTime.',
          });
        }
        const { processInstances, rest } = await readUsage(readerOf(database), window);
        const item = { processInstances, ...rest };
        return ok({
          ...item,
          activeTenants: Object.values(item).some((amount) => amount > 0) ? 1 : 0,
          ...(query.withTenants === true && { tenants: { [TENANT]: item } }),
        });
      },
    }),
  ];
}
