import { bucketOf } from '#engine';
import type { ConditionSubscription, MessageSubscription, SignalSubscription, Subscription } from '#engine';
import { defineTable, type ColumnType, type RowOf, type TableSpec } from '../database/table-spec.ts';
import type { RowOwner } from './instance-rows.ts';

const WAITING = {
  bucket: 'smallint',
  process_instance_key: 'key',
  subscription_key: 'key',
  process_definition_key: 'key',
  process_id: 'text',
  element_instance_key: 'key',
  element_id: 'text',
  interrupting: 'boolean',
  opened_at: 'time',
} as const satisfies Readonly<Record<string, ColumnType>>;

const PRIMARY_KEY = ['bucket', 'process_instance_key', 'subscription_key'] as const;

export const messageSubscriptionTable = defineTable('message_subscription', {
  columns: { ...WAITING, message_name: 'text', correlation_key: 'text' },
  primaryKey: PRIMARY_KEY,
});

export const signalSubscriptionTable = defineTable('signal_subscription', {
  columns: { ...WAITING, signal_name: 'text' },
  primaryKey: PRIMARY_KEY,
});

export const conditionSubscriptionTable = defineTable('condition_subscription', {
  columns: { ...WAITING, definition_index: 'integer', holds: 'boolean' },
  primaryKey: PRIMARY_KEY,
});

type WaitingRow = RowOf<TableSpec<typeof WAITING>>;

/** One table per kind, because each is looked for in its own way: by name and key, by name, by nobody but its instance. */
export const subscriptionTables = {
  message: messageSubscriptionTable,
  signal: signalSubscriptionTable,
  condition: conditionSubscriptionTable,
} as const;

export function messageSubscriptionRow(
  owner: RowOwner,
  one: MessageSubscription,
): RowOf<typeof messageSubscriptionTable> {
  return { ...waitingRow(owner, one), message_name: one.messageName, correlation_key: one.correlationKey };
}

export function signalSubscriptionRow(owner: RowOwner, one: SignalSubscription): RowOf<typeof signalSubscriptionTable> {
  return { ...waitingRow(owner, one), signal_name: one.signalName };
}

export function conditionSubscriptionRow(
  owner: RowOwner,
  one: ConditionSubscription,
): RowOf<typeof conditionSubscriptionTable> {
  return { ...waitingRow(owner, one), definition_index: one.definitionIndex, holds: one.holds };
}

export function messageSubscriptionOf(row: RowOf<typeof messageSubscriptionTable>): MessageSubscription {
  return { kind: 'message', ...waitOf(row), messageName: row.message_name, correlationKey: row.correlation_key };
}

export function signalSubscriptionOf(row: RowOf<typeof signalSubscriptionTable>): SignalSubscription {
  return { kind: 'signal', ...waitOf(row), signalName: row.signal_name };
}

export function conditionSubscriptionOf(row: RowOf<typeof conditionSubscriptionTable>): ConditionSubscription {
  return { kind: 'condition', ...waitOf(row), definitionIndex: row.definition_index, holds: row.holds };
}

function waitingRow({ header }: RowOwner, subscription: Subscription): WaitingRow {
  return {
    bucket: bucketOf(header.processInstanceKey),
    process_instance_key: header.processInstanceKey,
    subscription_key: subscription.key,
    process_definition_key: header.processDefinitionKey,
    process_id: header.processId,
    element_instance_key: subscription.elementInstanceKey,
    element_id: subscription.elementId,
    interrupting: subscription.interrupting,
    opened_at: subscription.openedAt,
  };
}

function waitOf(row: WaitingRow) {
  return {
    key: row.subscription_key,
    elementInstanceKey: row.element_instance_key,
    elementId: row.element_id,
    interrupting: row.interrupting,
    openedAt: row.opened_at,
  };
}
