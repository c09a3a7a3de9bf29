import { Type } from '@sinclair/typebox';
import { defineTable } from '../database/table-spec.ts';
import { decodeRows } from '../database/write-rows.ts';
import { CONSTANT, TENANT, ofInstance, tenantField, type SearchSpec } from './search/search-spec.ts';
import { wireDate, wireKey } from './wire-key.ts';

const table = defineTable('correlated_subscription', {
  columns: {
    bucket: 'smallint',
    message_key: 'key',
    process_id: 'text',
    process_instance_key: 'key',
    process_definition_key: 'key?',
    subscription_key: 'key',
    element_id: 'text',
    element_instance_key: 'key?',
    message_name: 'text',
    correlation_key: 'text',
    correlated_at: 'time',
  },
  primaryKey: ['bucket', 'message_key', 'subscription_key'],
});

/** Who got which message: waits that were met, and starts. */
export const correlatedSubscriptionSearch: SearchSpec = {
  scope: { sql: 'c.process_id' },
  from: 'correlated_subscription c',
  select: 'c.*',
  key: ['c.bucket', 'c.message_key', 'c.subscription_key'],
  filters: {
    messageKey: { kind: 'key', sql: 'c.message_key', bucket: 'c.bucket' },
    processInstanceKey: { kind: 'key', sql: 'c.process_instance_key' },
    elementInstanceKey: {
      kind: 'key',
      sql: 'c.element_instance_key',
      within: ofInstance('c.process_instance_key', 'element_instance'),
    },
    subscriptionKey: { kind: 'key', sql: 'c.subscription_key' },
    processDefinitionKey: { kind: 'key', sql: 'c.process_definition_key' },
    processDefinitionId: { kind: 'text', sql: 'c.process_id' },
    elementId: { kind: 'text', sql: 'c.element_id' },
    messageName: { kind: 'text', sql: 'c.message_name' },
    correlationKey: { kind: 'text', sql: 'c.correlation_key' },
    correlationTime: { kind: 'time', sql: 'c.correlated_at' },
    partitionId: { kind: 'integer', sql: '1' },
    tenantId: tenantField,
  },
  sorts: {
    messageKey: { sql: 'c.message_key', kind: 'number' },
    processInstanceKey: { sql: 'c.process_instance_key', kind: 'number' },
    elementInstanceKey: { sql: 'c.element_instance_key', kind: 'number', nullable: true },
    subscriptionKey: { sql: 'c.subscription_key', kind: 'number' },
    processDefinitionKey: { sql: 'c.process_definition_key', kind: 'number', nullable: true },
    processDefinitionId: { sql: 'c.process_id', kind: 'text' },
    elementId: { sql: 'c.element_id', kind: 'text' },
    messageName: { sql: 'c.message_name', kind: 'text' },
    correlationKey: { sql: 'c.correlation_key', kind: 'text' },
    correlationTime: { sql: 'c.correlated_at', kind: 'number' },
    partitionId: CONSTANT,
    tenantId: CONSTANT,
  },
};

export const CorrelatedSubscriptionResult = Type.Object({
  correlationKey: Type.String(),
  correlationTime: Type.String(),
  elementId: Type.String(),
  elementInstanceKey: Type.Optional(Type.String({ description: 'Absent where the message started the instance' })),
  messageKey: Type.String(),
  messageName: Type.String(),
  partitionId: Type.Integer(),
  processDefinitionId: Type.String(),
  processDefinitionKey: Type.Optional(Type.String()),
  processInstanceKey: Type.String(),
  subscriptionKey: Type.String(),
  tenantId: Type.String(),
});

export function correlatedSubscriptionViews(rows: readonly Readonly<Record<string, unknown>>[]): object[] {
  return decodeRows(table, rows).map((row) => ({
    correlationKey: row.correlation_key,
    correlationTime: wireDate(row.correlated_at),
    elementId: row.element_id,
    elementInstanceKey: wireKey(row.element_instance_key),
    messageKey: wireKey(row.message_key),
    messageName: row.message_name,
    partitionId: 1,
    processDefinitionId: row.process_id,
    processDefinitionKey: wireKey(row.process_definition_key),
    processInstanceKey: wireKey(row.process_instance_key),
    subscriptionKey: wireKey(row.subscription_key),
    tenantId: TENANT,
  }));
}
