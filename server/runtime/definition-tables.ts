import { defineTable, type RowOf } from '../database/table-spec.ts';

export const deploymentTable = defineTable('deployment', {
  columns: { deployment_key: 'key', created_at: 'time', created_by: 'text?' },
  primaryKey: ['deployment_key'],
});

export const resourceTable = defineTable('deployed_resource', {
  columns: {
    resource_key: 'key',
    deployment_key: 'key',
    name: 'text',
    kind: 'text',
    checksum: 'text',
    content: 'text',
  },
  primaryKey: ['resource_key'],
});

/** The DMN files that a file is read with: what it imports, and what those import. */
export const resourceImportTable = defineTable('resource_import', {
  columns: { resource_key: 'key', imported_resource_key: 'key' },
  primaryKey: ['resource_key', 'imported_resource_key'],
});

export const definitionTable = defineTable('definition', {
  columns: {
    definition_key: 'key',
    kind: 'text',
    definition_id: 'text',
    version: 'integer',
    version_tag: 'text?',
    name: 'text',
    deployment_key: 'key',
    resource_key: 'key',
    resource_name: 'text',
    checksum: 'text',
    requirements_id: 'text?',
    created_at: 'time',
    suspended_at: 'time?',
    deleted_at: 'time?',
  },
  primaryKey: ['definition_key'],
});

export const startSubscriptionTable = defineTable('start_subscription', {
  columns: {
    subscription_key: 'key',
    process_definition_key: 'key',
    process_id: 'text',
    element_id: 'text',
    kind: 'text',
    message_name: 'text?',
    signal_name: 'text?',
    /** Which of the definitions of a multiple event it is. */
    definition_index: 'integer',
    /** A message without a key: what it starts joins the conversation of its sender. */
    by_conversation: 'boolean',
    due_at: 'time?',
    cycle: 'json',
    lease_until: 'time?',
    suspended: 'boolean',
  },
  primaryKey: ['subscription_key'],
});

export type StartSubscriptionRow = RowOf<typeof startSubscriptionTable>;
