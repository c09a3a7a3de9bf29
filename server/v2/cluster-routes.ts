import { Type } from '@sinclair/typebox';
import { noContent, ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import { wireUsername } from './identity/identity-views.ts';
import { TENANT } from './search/search-spec.ts';

/** The API that is spoken, then who speaks it: clients compare the first part, people read the second. */
const gatewayVersion = (version: string): string => `8.8.0-reglament.${version}`;

const Partition = Type.Object({ partitionId: Type.Integer(), role: Type.String(), health: Type.String() });
const Broker = Type.Object({
  nodeId: Type.Integer(),
  host: Type.String(),
  port: Type.Integer(),
  partitions: Type.Array(Partition),
  version: Type.String(),
});
const Topology = Type.Object({
  brokers: Type.Array(Broker),
  clusterSize: Type.Integer(),
  partitionsCount: Type.Integer(),
  replicationFactor: Type.Integer(),
  gatewayVersion: Type.String(),
  lastCompletedChangeId: Type.String(),
});
const License = Type.Object({ validLicense: Type.Boolean(), licenseType: Type.String(), isCommercial: Type.Boolean() });
const CurrentUser = Type.Object({
  username: Type.Union([Type.String(), Type.Null()]),
  displayName: Type.String(),
  email: Type.Union([Type.String(), Type.Null()]),
  authorizedComponents: Type.Array(Type.String()),
  tenants: Type.Array(Type.Object({ name: Type.String(), tenantId: Type.String() })),
  groups: Type.Array(Type.String()),
  roles: Type.Array(Type.String()),
  salesPlanType: Type.String(),
  c8Links: Type.Record(Type.String(), Type.String()),
  canLogout: Type.Boolean(),
});

/** What a client asks before it works: who am I, and is anybody there. */
export function clusterRoutes({ version }: { readonly version: string }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/v2/topology',
      summary: { ru: 'Узлы кластера (Camunda 8)', en: 'Topology (Camunda 8)' },
      access: 'signed-in',
      response: { status: 200, description: 'One broker with one partition: sharding is not shown', schema: Topology },
      handler: async ({ request }) =>
        ok({
          brokers: [
            {
              nodeId: 0,
              host: request.hostname,
              port: request.socket.localPort ?? 0,
              partitions: [{ partitionId: 1, role: 'leader', health: 'healthy' }],
              version: gatewayVersion(version),
            },
          ],
          clusterSize: 1,
          partitionsCount: 1,
          replicationFactor: 1,
          gatewayVersion: gatewayVersion(version),
          lastCompletedChangeId: '-1',
        }),
    }),
    route({
      method: 'get',
      path: '/v2/status',
      summary: { ru: 'Кластер работает', en: 'Cluster status' },
      access: 'signed-in',
      response: { status: 204, description: 'It works' },
      handler: async () => noContent(),
    }),
    route({
      method: 'get',
      path: '/v2/license',
      summary: { ru: 'Лицензия', en: 'License' },
      access: 'signed-in',
      response: { status: 200, description: 'MIT: always valid', schema: License },
      handler: async () => ok({ validLicense: true, licenseType: 'MIT', isCommercial: false }),
    }),
    route({
      method: 'get',
      path: '/v2/authentication/me',
      summary: { ru: 'Кто вошёл (Camunda 8)', en: 'Current user (Camunda 8)' },
      access: 'signed-in',
      response: { status: 200, description: 'The person, their groups and roles', schema: CurrentUser },
      handler: async ({ principal: { username, name, email, groups, roles, by } }) =>
        ok({
          username: wireUsername(username) ?? null,
          displayName: name,
          email,
          authorizedComponents: [],
          tenants: [{ name: 'Default', tenantId: TENANT }],
          groups,
          roles,
          salesPlanType: '',
          c8Links: {},
          canLogout: by === 'session',
        }),
    }),
  ];
}
