import type { Migration } from './schema-editor.ts';

/** What is deployed: small tables that every node reads and that are never joined with row locks (reference tables). */
export const definitions: Migration = {
  id: '0002-definitions',
  async up(schema) {
    await schema.createTable({
      name: 'catalog_revision',
      columns: { id: 'smallint', revision: 'integer' },
      primaryKey: ['id'],
    });
    await schema.run('INSERT INTO catalog_revision (id, revision) VALUES (1, 0) ON CONFLICT (id) DO NOTHING');
    await schema.createTable({
      name: 'deployment',
      columns: { deployment_key: 'key', created_at: 'time', created_by: 'text?' },
      primaryKey: ['deployment_key'],
    });
    await schema.createTable({
      name: 'deployed_resource',
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
    await schema.createIndex({
      name: 'deployed_resource_by_deployment',
      table: 'deployed_resource',
      columns: ['deployment_key'],
    });
    // One row per process, decision, form and generic resource, in every version.
    await schema.createTable({
      name: 'definition',
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
      },
      primaryKey: ['definition_key'],
    });
    await schema.createIndex({
      name: 'definition_version',
      table: 'definition',
      columns: ['kind', 'definition_id', 'version'],
      unique: true,
    });
    await schema.createTable({
      name: 'start_subscription',
      columns: {
        subscription_key: 'key',
        process_definition_key: 'key',
        process_id: 'text',
        element_id: 'text',
        kind: 'text',
        message_name: 'text?',
        due_at: 'time?',
        cycle: 'json',
        lease_until: 'time?',
      },
      primaryKey: ['subscription_key'],
    });
    await schema.createIndex({
      name: 'start_subscription_by_message',
      table: 'start_subscription',
      columns: ['message_name'],
      where: 'message_name IS NOT NULL',
    });
    await schema.createIndex({
      name: 'start_subscription_due',
      table: 'start_subscription',
      columns: ['due_at'],
      where: 'due_at IS NOT NULL',
    });
  },
};
