import { Type } from '@sinclair/typebox';
import { decodeRows } from '../database/write-rows.ts';
import { messageSubscriptionTable } from '../runtime/subscription-rows.ts';
import { CONSTANT, TENANT, ofInstance, tenantField, type SearchSpec } from './search/search-spec.ts';
import { wireDate, wireKey } from './wire-key.ts';

/** Open waits of running instances: one that was met or cancelled is gone, and its story stands in the history. */
export const messageSubscriptionSearch: SearchSpec = {
  scope: { sql: 's.process_id', partOfInstance: 's' },
  from: 'message_subscription s',
  select: 's.*',
  key: ['s.bucket', 's.process_instance_key', 's.subscription_key'],
  filters: {
    messageSubscriptionKey: { kind: 'key', sql: 's.subscription_key', bucket: 's.bucket' },
    processInstanceKey: { kind: 'key', sql: 's.process_instance_key', bucket: 's.bucket' },
    elementInstanceKey: {
      kind: 'key',
      sql: 's.element_instance_key',
      bucket: 's.bucket',
      within: ofInstance('s.process_instance_key', 'element_instance'),
    },
    processDefinitionId: { kind: 'text', sql: 's.process_id' },
    elementId: { kind: 'text', sql: 's.element_id' },
    messageName: { kind: 'text', sql: 's.message_name' },
    correlationKey: { kind: 'text', sql: 's.correlation_key' },
    lastUpdatedDate: { kind: 'time', sql: 's.opened_at' },
    messageSubscriptionState: {
      kind: 'enum',
      sql: `CAST('CREATED' AS text)`,
      values: { CREATED: ['CREATED'], CORRELATED: [], DELETED: [], MIGRATED: [] },
    },
    tenantId: tenantField,
  },
  sorts: {
    messageSubscriptionKey: { sql: 's.subscription_key', kind: 'number' },
    processInstanceKey: { sql: 's.process_instance_key', kind: 'number' },
    elementInstanceKey: { sql: 's.element_instance_key', kind: 'number' },
    processDefinitionId: { sql: 's.process_id', kind: 'text' },
    elementId: { sql: 's.element_id', kind: 'text' },
    messageName: { sql: 's.message_name', kind: 'text' },
    correlationKey: { sql: 's.correlation_key', kind: 'text' },
    lastUpdatedDate: { sql: 's.opened_at', kind: 'number' },
    messageSubscriptionState: CONSTANT,
    tenantId: CONSTANT,
  },
};

export const MessageSubscriptionResult = Type.Object({
  messageSubscriptionKey: Type.String(),
  processDefinitionId: Type.String(),
  processDefinitionKey: Type.String(),
  processInstanceKey: Type.String(),
  elementId: Type.String(),
  elementInstanceKey: Type.String(),
  messageSubscriptionState: Type.Literal('CREATED'),
  lastUpdatedDate: Type.String(),
  messageName: Type.String(),
  correlationKey: Type.String(),
  tenantId: Type.String(),
});

export function messageSubscriptionViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(messageSubscriptionTable, rows).map((row) => ({
    messageSubscriptionKey: wireKey(row.subscription_key),
    processDefinitionId: row.process_id,
    processDefinitionKey: wireKey(row.process_definition_key),
    processInstanceKey: wireKey(row.process_instance_key),
    elementId: row.element_id,
    elementInstanceKey: wireKey(row.element_instance_key),
    messageSubscriptionState: 'CREATED',
    lastUpdatedDate: wireDate(row.opened_at),
    messageName: row.message_name,
    correlationKey: row.correlation_key,
    tenantId: TENANT,
  }));
}
