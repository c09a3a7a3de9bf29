import { Type } from '@sinclair/typebox';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Principal } from '../identity/principal.ts';
import { BROADCASTS, CHANGES_INSTANCES, STARTS_INSTANCES } from '../identity/route-grants.ts';
import { scopeOf } from '../identity/scope.ts';
import type { SignalReach, Signals } from '../signals/signals.ts';
import { OPERATE } from './operate-access.ts';
import { TENANT } from './search/search-spec.ts';
import { wireKey } from './wire-key.ts';
import { requireOwnTenant, TenantId, WireVariables } from './wire-schema.ts';

const Broadcast = Type.Object(
  {
    signalName: Type.String({ minLength: 1, maxLength: 1_000, pattern: '^[^\\u0000]*$' }),
    variables: Type.Optional(WireVariables),
    tenantId: TenantId,
  },
  { additionalProperties: false },
);
const Broadcasted = Type.Object({ tenantId: Type.String(), signalKey: Type.String() });

export function signalRoutes({ signals }: { readonly signals: Signals }): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/v2/signals/broadcast',
      summary: { ru: 'Подать сигнал', en: 'Broadcast a signal' },
      access: OPERATE,
      grant: BROADCASTS,
      body: { kind: 'json', schema: Broadcast },
      response: {
        status: 200,
        description: 'On its way to everything that waits for it at this moment; it is not kept',
        schema: Broadcasted,
      },
      handler: async ({ body, command, principal }) => {
        const { signalName: name, variables = {}, tenantId } = body;
        requireOwnTenant(tenantId);
        const { signalKey } = await signals.broadcast({
          name,
          variables,
          allowed: reachOf(principal),
          ...(command === null ? {} : { repeatable: command }),
        });
        return ok({ tenantId: TENANT, signalKey: wireKey(signalKey) });
      },
    }),
  ];
}

function reachOf(principal: Principal): SignalReach {
  return {
    starts: scopeOf(principal, OPERATE, ...STARTS_INSTANCES.any),
    instances: scopeOf(principal, OPERATE, ...CHANGES_INSTANCES.any),
  };
}
