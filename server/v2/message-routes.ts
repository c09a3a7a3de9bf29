import { Type } from '@sinclair/typebox';
import type { Database } from '../database/connect.ts';
import { ok } from '../http/reply.ts';
import { route, type Route } from '../http/route.ts';
import type { Messages } from '../messages/messages.ts';
import {
  CorrelatedSubscriptionResult,
  correlatedSubscriptionSearch,
  correlatedSubscriptionViews,
} from './correlated-subscription-search.ts';
import {
  MessageSubscriptionResult,
  messageSubscriptionSearch,
  messageSubscriptionViews,
} from './message-subscription-search.ts';
import { OPERATE, READ_INSTANCES } from './operate-access.ts';
import { PUBLISHES_MESSAGES, READS_INSTANCES } from '../identity/route-grants.ts';
import { searchRoute } from './search/search-route.ts';
import { TENANT } from './search/search-spec.ts';
import { wireKey } from './wire-key.ts';
import { LongNumber, PlainText, requireOwnTenant, TenantId, WireVariables } from './wire-schema.ts';

const addressed = {
  name: Type.String({ minLength: 1, maxLength: 1_000, pattern: '^[^\\u0000]*$' }),
  correlationKey: Type.Optional(PlainText),
  variables: Type.Optional(WireVariables),
  tenantId: TenantId,
};
const Publication = Type.Object(
  { ...addressed, timeToLive: Type.Optional(LongNumber), messageId: Type.Optional(PlainText) },
  { additionalProperties: false },
);
const Correlation = Type.Object(addressed, { additionalProperties: false });
const Published = Type.Object({ tenantId: Type.String(), messageKey: Type.String() });
const Correlated = Type.Object({ ...Published.properties, processInstanceKey: Type.Optional(Type.String()) });

export function messageRoutes({
  database,
  messages,
}: {
  readonly database: Database;
  readonly messages: Messages;
}): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/v2/messages/publication',
      summary: { ru: 'Опубликовать сообщение', en: 'Publish a message' },
      access: OPERATE,
      grant: PUBLISHES_MESSAGES,
      body: { kind: 'json', schema: Publication },
      response: { status: 200, description: 'Published; kept for timeToLive when nobody waits yet', schema: Published },
      // A repeat is known by its messageId, which is remembered as long as the message is kept.
      repeatable: false,
      handler: async ({ body, principal }) => {
        const { name, correlationKey = '', variables = {}, timeToLive = 0, messageId, tenantId } = body;
        requireOwnTenant(tenantId);
        const { messageKey } = await messages.publish({
          name,
          correlationKey,
          variables,
          timeToLive: Math.max(0, Number(timeToLive)),
          by: principal.username,
          // An empty id is none, as in Camunda.
          ...(messageId === undefined || messageId === '' ? {} : { messageId }),
        });
        return ok({ tenantId: TENANT, messageKey: wireKey(messageKey) });
      },
    }),
    route({
      method: 'post',
      path: '/v2/messages/correlation',
      summary: { ru: 'Передать сообщение тому, кто ждёт', en: 'Correlate a message' },
      access: OPERATE,
      grant: PUBLISHES_MESSAGES,
      body: { kind: 'json', schema: Correlation },
      response: { status: 200, description: 'Taken; the first instance that took it', schema: Correlated },
      repeatable: false,
      handler: async ({ body, principal }) => {
        const { name, correlationKey = '', variables = {}, tenantId } = body;
        requireOwnTenant(tenantId);
        const { messageKey, correlations } = await messages.correlate({
          name,
          correlationKey,
          variables,
          by: principal.username,
        });
        return ok({
          tenantId: TENANT,
          messageKey: wireKey(messageKey),
          processInstanceKey: wireKey(correlations[0]?.processInstanceKey ?? null),
        });
      },
    }),
    searchRoute({
      database,
      path: '/message-subscriptions/search',
      summary: { ru: 'Кто ждёт сообщений', en: 'Search message subscriptions' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      spec: messageSubscriptionSearch,
      item: MessageSubscriptionResult,
      view: (rows) => messageSubscriptionViews(rows),
    }),
    searchRoute({
      database,
      path: '/correlated-message-subscriptions/search',
      summary: { ru: 'Кто получил сообщения', en: 'Search correlated message subscriptions' },
      access: READ_INSTANCES,
      grant: READS_INSTANCES,
      spec: correlatedSubscriptionSearch,
      item: CorrelatedSubscriptionResult,
      view: (rows) => correlatedSubscriptionViews(rows),
    }),
  ];
}
